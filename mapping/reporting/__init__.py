"""What people take to a meeting: pictures, profiles, maps that travel; pages and commands come here."""

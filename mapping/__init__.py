"""Commons Atlas: co-operatives and community assets over deprivation, for any English council."""

__version__ = "0.1.0"

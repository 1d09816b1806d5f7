"""The headings of MHCLG's and ONS's files, letter for letter."""

INDICES = {
    "imd": ("Index of Multiple Deprivation (IMD)", ""),
    "income": ("Income", " (rate)"),
    "employment": ("Employment", " (rate)"),
    "education": ("Education, Skills and Training", ""),
    "health": ("Health Deprivation and Disability", ""),
    "crime": ("Crime", ""),
    "barriers": ("Barriers to Housing and Services", ""),
    "environment": ("Living Environment", ""),
}
SUPPLEMENTARY = (
    ("Income Deprivation Affecting Children Index (IDACI)", " (rate)"),
    ("Income Deprivation Affecting Older People (IDAOPI)", " (rate)"),
    ("Children and Young People Sub-domain", ""),
    ("Adult Skills Sub-domain", ""),
    ("Geographical Barriers Sub-domain", ""),
    ("Wider Barriers Sub-domain", ""),
    ("Indoors Sub-domain", ""),
    ("Outdoors Sub-domain", ""),
)
RANK = "{} Rank (where 1 is most deprived)"
DECILE = "{} Decile (where 1 is most deprived 10% of LSOAs)"
CUT = 80
"""MHCLG's File 7 of 2025 has one heading that stops after this many letters."""
CUT_INDEX = "Children and Young People Sub-domain"

POPULATION = {
    "2019": {
        "population": "Total population: mid 2015 (excluding prisoners)",
        "children": "Dependent Children aged 0-15: mid 2015 (excluding prisoners)",
        "middle": "Population aged 16-59: mid 2015 (excluding prisoners)",
        "older": "Older population aged 60 and over: mid 2015 (excluding prisoners)",
        "working_age_population": "Working age population 18-59/64: "
        "for use with Employment Deprivation Domain (excluding prisoners) ",
    },
    "2025": {
        "population": "Total population: mid 2022",
        "children": "Dependent Children aged 0-15: mid 2022",
        "older": "Older population aged 60 and over: mid 2022",
        "working_age_population": "Working age population 18-66 "
        "(for use with Employment Deprivation Domain): mid 2022",
    },
}


def keys(edition: str) -> dict[str, str]:
    """The four columns that open every file of LSOAs, and what they are called here."""
    lsoa, district = {"2019": ("2011", "2019"), "2025": ("2021", "2024")}[edition]
    return {
        "lsoa_code": f"LSOA code ({lsoa})",
        "lsoa_name": f"LSOA name ({lsoa})",
        "lad_code": f"Local Authority District code ({district})",
        "lad_name": f"Local Authority District name ({district})",
    }


def file_7(edition: str) -> dict[str, str]:
    """The headings of File 7 in order, by what they are called here: 57 in 2019, 56 in 2025."""
    named = keys(edition)
    for index, (name, unit) in INDICES.items():
        named |= _measures(index, name, unit)
    for name, unit in SUPPLEMENTARY:
        named |= _measures(name, name, unit)
    if edition == "2025":
        cut = f"{CUT_INDEX}_decile"
        named[cut] = named[cut][:CUT]
    return named | POPULATION[edition]


def _measures(index: str, name: str, unit: str) -> dict[str, str]:
    return {
        f"{index}_score": f"{name} Score{unit}",
        f"{index}_rank": RANK.format(name),
        f"{index}_decile": DECILE.format(name),
    }


ONSPD = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,"
    "nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,npark,lsoa01,msoa01,ur01ind,"
    "oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua24,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,"
    "lsoa21,msoa21"
)
ONSPD_RENAMED = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,parncp25cd,usrtypind,east1m,north1m,gridind,"
    "hlth19cd,nhser24cd,ctry25cd,rgn25cd,ssr95cd,pcon24cd,eer20cd,educ23cd,ttwa15cd,pco19cd,itl25cd,wdstl05cd,"
    "oa01cd,wdcas03cd,npark16cd,lsoa01cd,msoa01cd,ruc01ind,oac01ind,oa11cd,lsoa11cd,msoa11cd,wz11cd,sicbl24cd,"
    "bua24cd,ruc11ind,oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,cal24cd,icb23cd,oa21cd,lsoa21cd,"
    "msoa21cd,ruc21ind"
)
PCD_2011 = (
    "pcd7,pcd8,pcds,dointr,doterm,usertype,oa11cd,lsoa11cd,msoa11cd,ladcd,lsoa11nm,msoa11nm,ladnm,ladnmw"
)
PCD_2021 = (
    "pcd7,pcd8,pcds,dointr,doterm,usertype,oa21cd,lsoa21cd,msoa21cd,ladcd,lsoa21nm,msoa21nm,ladnm,ladnmw"
)

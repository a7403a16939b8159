/**
 * County names in everyday use, by the beginning of the statistical area code that GeoNames gives for a place.
 * Only to tell places of one name apart ("Newport, Isle of Wight") and to read a county after a name.
 * Scotland and Northern Ireland carry no such codes. Cities that are their own county are left out on purpose.
 */
const COUNTIES: Readonly<Record<string, string>> = {
	'Greater Manchester': '00BL 00BM 00BN 00BP 00BQ 00BR 00BS 00BT 00BU 00BW',
	Merseyside: '00BX 00BY 00BZ 00CA 00CB',
	'South Yorkshire': '00CC 00CE 00CF 00CG',
	'Tyne and Wear': '00CH 00CJ 00CK 00CL 00CM',
	'West Midlands': '00CN 00CQ 00CR 00CS 00CT 00CU 00CW',
	'West Yorkshire': '00CX 00CY 00CZ 00DA 00DB',
	'County Durham': '00EB 00EH 00EJ 20',
	Teesside: '00EC 00EE 00EF',
	Northumberland: '00EM 35',
	Cheshire: '00EQ 00ET 00EU 00EW 13',
	Lancashire: '00EX 00EY 30',
	'East Yorkshire': '00FB',
	Lincolnshire: '00FC 00FD 32',
	'North Yorkshire': '00FF 36',
	Rutland: '00FP',
	Herefordshire: '00GA',
	Shropshire: '00GF 00GG 39',
	Somerset: '00HA 00HC 40',
	Gloucestershire: '00HD 23',
	Cornwall: '00HE 15',
	'Isles of Scilly': '00HF',
	Devon: '00HG 00HH 18',
	Dorset: '00HN 00HP 19',
	Wiltshire: '00HX 00HY 46',
	Cambridgeshire: '00JA 12',
	Bedfordshire: '00KA 00KB 00KC 09',
	Essex: '00KF 00KG 22',
	Kent: '00LC 29 69',
	Berkshire: '00MA 00MB 00MC 00MD 00ME 00MF',
	Buckinghamshire: '00MG 11',
	'East Sussex': '00ML 21',
	Hampshire: '00MR 00MS 24',
	'Isle of Wight': '00MW',
	Anglesey: '00NA',
	Gwynedd: '00NC',
	'Conwy county': '00NE',
	Denbighshire: '00NG',
	Flintshire: '00NJ',
	Powys: '00NN',
	Ceredigion: '00NQ',
	Pembrokeshire: '00NS',
	Carmarthenshire: '00NU',
	'Vale of Glamorgan': '00PD',
	'Rhondda Cynon Taf': '00PF',
	'Blaenau Gwent': '00PL',
	Torfaen: '00PM',
	Monmouthshire: '00PP',
	Cumbria: '16',
	Derbyshire: '17',
	Hertfordshire: '26 66',
	Leicestershire: '31 68',
	Norfolk: '33',
	Northamptonshire: '34',
	Nottinghamshire: '37',
	Oxfordshire: '38',
	Staffordshire: '41',
	Suffolk: '42',
	Surrey: '43',
	Warwickshire: '44',
	'West Sussex': '45',
	Worcestershire: '47',
};

const COUNTY_OF_CODE = new Map<string, string>();
for (const [county, codes] of Object.entries(COUNTIES)) {
	for (const code of codes.split(' ')) COUNTY_OF_CODE.set(code, county);
}

/** The everyday county of a GeoNames second-level area code (`00MW010`, `29UB`, `G3`), or null. */
export function countyOf(code: string): string | null {
	if (/^[A-Z][0-9]$/.test(code)) return 'London';
	return COUNTY_OF_CODE.get(code.slice(0, 4)) ?? (code.startsWith('00') ? null : (COUNTY_OF_CODE.get(code.slice(0, 2)) ?? null));
}

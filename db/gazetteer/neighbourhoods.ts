import { areaOf, nationOf } from './areas.ts';
import type { Point } from './distance.ts';
import type { Town } from './town-source.ts';

/** Places that people name and GeoNames' short list lacks, each at the point of its postcode district. Our own list. */
const PLACES = `
Aigburth L17; Balham SW12; Battersea SW11; Bermondsey SE16; Bethnal Green E2; Blackheath SE3; Brockley SE4; Byker NE6;
Camberwell SE5; Canton CF5; Catford SE6; Chiswick W4; Chorlton M21; Clapham SW4; Clapton E5; Clifton BS8; Cotham BS6; Crouch End N8;
Dalston E8; Deptford SE8; Dulwich SE21; Earlsdon CV5; East Finchley N2; Easton BS5; Edgbaston B15; Fallowfield M14; Finchley N3;
Forest Gate E7; Forest Hill SE23; Fulham SW6; Golders Green NW11; Gosforth NE3; Grasmere LA22; Greenwich SE10; Hackney E8; Hammersmith W6;
Hampstead NW3; Harborne B17; Headingley LS6; Heaton NE6; Highbury N5; Highgate N6; Hillhead G12; Holborn WC1N; Hoxton N1;
Jesmond NE2; Kentish Town NW5; Kilburn NW6; Leith EH6; Lewisham SE13; Leyton E10; Leytonstone E11; Maida Vale W9; Montgomery SY15;
Morningside EH10; Moseley B13; Mumbles SA3; Muswell Hill N10; New Cross SE14; Notting Hill W11; Paddington W2; Palmers Green N13;
Partick G11; Peckham SE15; Pontcanna CF11; Portobello EH15; Putney SW15; Roath CF24; Roundhay LS8; Selly Oak B29; Shepherd's Bush W12;
Shoreditch EC2A; Southgate N14; Stockwell SW9; Stoke Newington N16; Stratford E15; Streatham SW16; Sydenham SE26; Tooting SW17;
Tottenham N17; Toxteth L8; Tufnell Park N19; Wandsworth SW18; Wavertree L15; West Hampstead NW6; Whitechapel E1; Willesden NW10; Wimbledon SW19;
Winton BH9; Withington M20; Wood Green N22; Woolwich SE18
`;

const LONDON = new Set(['E', 'EC', 'N', 'NW', 'SE', 'SW', 'W', 'WC']);
/** Behind every town that GeoNames counts, where places of one name are put in order of size. */
const NOMINAL_POPULATION = 10_000;
/** Far above the numbers that GeoNames gives. */
const FIRST_ID = 1_000_000_001;

/** The list as towns, placed by the districts given. */
export function neighbourhoods(districts: readonly (Point & { district: string })[]): Town[] {
	const points = new Map(districts.map((district) => [district.district, district]));
	return PLACES.split(';').flatMap((entry, index) => {
		const [, name = '', district = ''] = /^\s*(.+) (\S+)\s*$/.exec(entry) ?? [];
		const point = points.get(district);
		if (!point) return [];
		const county = LONDON.has(areaOf(district)) ? 'London' : null;
		const nation = nationOf(district) ?? 'england';
		return [
			{
				id: FIRST_ID + index,
				name,
				nation,
				country: 'GB',
				county,
				lat: point.lat,
				lon: point.lon,
				population: NOMINAL_POPULATION,
			},
		];
	});
}

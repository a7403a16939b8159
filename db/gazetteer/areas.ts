export type Nation = 'england' | 'scotland' | 'wales' | 'northern-ireland' | 'crown-dependency';

/** The 124 postcode areas in which people live, by the nation in which most of each lies. */
const AREAS: Readonly<Record<Nation, string>> = {
	england:
		'AL B BA BB BD BH BL BN BR BS CA CB CH CM CO CR CT CV CW DA DE DH DL DN DT DY E EC EN EX FY GL GU HA HD HG HP HR HU HX IG IP KT L LA LE LN LS LU M ME MK N NE NG NN NR NW OL OX PE PL PO PR RG RH RM S SE SG SK SL SM SN SO SP SR SS ST SW SY TA TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO',
	scotland: 'AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE',
	wales: 'CF LD LL NP SA',
	'northern-ireland': 'BT',
	'crown-dependency': 'GY IM JE',
};

const AREA_NATION = new Map<string, Nation>();
for (const [nation, areas] of Object.entries(AREAS)) {
	for (const area of areas.split(' ')) AREA_NATION.set(area, nation as Nation);
}

/**
 * Districts on the other side of the border from most of their area. Our own judgement: the nation of the district's
 * largest settlement (CH5 Deeside, SY23 Aberystwyth, HR3 Hay-on-Wye, TD15 Berwick). Areas LL, LD, NP and DG keep
 * their own nation throughout. A loaded official file replaces all of this with the country of each postcode.
 */
const DISTRICT_NATION = new Map<string, Nation>([
	...['CH5', 'CH6', 'CH7', 'CH8', 'HR3'].map((district) => [district, 'wales'] as const),
	...[15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25].map((n) => [`SY${n}`, 'wales'] as const),
	['TD15', 'england'],
]);

/** True for one of the 124 postcode areas: `RG`, `B`, `JE`. Upper case only. */
export function isArea(code: string): boolean {
	return AREA_NATION.has(code);
}

/** The codes of all postcode areas. */
export function allAreas(): string[] {
	return [...AREA_NATION.keys()];
}

/** The nation of an area (`RG`) or district (`SY23`), upper case; null when the area does not exist. */
export function nationOf(code: string): Nation | null {
	return DISTRICT_NATION.get(code) ?? AREA_NATION.get(areaOf(code)) ?? null;
}

/** The letters that begin a postcode, sector or district. */
export function areaOf(code: string): string {
	return /^[A-Z]{1,2}/.exec(code)?.[0] ?? '';
}

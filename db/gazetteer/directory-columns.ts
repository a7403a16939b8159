/** Where the columns that matter stand in an ONSPD or NSPL file. */
export type DirectoryColumns = {
	postcode: number;
	doterm: number;
	gridind: number;
	ctry: number;
	lat: number;
	long: number;
};

/**
 * Names by edition: `pcds oscty osgrdind ctry` to 2024, `pcds gridind ctry25cd` and later years after. The variable-
 * length postcode (`pcds`) is preferred to the seven- and eight-character ones, though any will do.
 */
const PATTERNS: Readonly<Record<keyof DirectoryColumns, readonly RegExp[]>> = {
	postcode: [/^pcds$/, /^pcd7?$/, /^pcd[28]$/],
	doterm: [/^doterm$/],
	gridind: [/^(os)?gr(i)?dind$/],
	ctry: [/^ctry(\d\dcd)?$/],
	lat: [/^lat(itude)?$/],
	long: [/^long(itude)?$/],
};

/** Finds the columns by the names in a header line; throws an Error that says which are missing. */
export function directoryColumns(header: string): DirectoryColumns {
	const names = header
		.replace(/^(\uFEFF|\u00EF\u00BB\u00BF)/, '')
		.split(',')
		.map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
	const position = (patterns: readonly RegExp[]): number =>
		patterns.map((pattern) => names.findIndex((name) => pattern.test(name))).find((index) => index >= 0) ?? -1;
	const columns = Object.fromEntries(Object.entries(PATTERNS).map(([key, patterns]) => [key, position(patterns)])) as DirectoryColumns;
	const missing = Object.entries(columns)
		.filter(([, index]) => index < 0)
		.map(([key]) => EXPLAINED[key]);
	if (missing.length > 0) throw new Error(`The first line lacks ${missing.join(', ')}. An ONS Postcode Directory (ONSPD) or NSPL file is expected.`);
	return columns;
}

const EXPLAINED: Readonly<Record<string, string>> = {
	postcode: 'the postcode (pcds, pcd or pcd7)',
	doterm: 'the date of termination (doterm)',
	gridind: 'the grid reference quality (osgrdind or gridind)',
	ctry: 'the country (ctry, ctry25cd)',
	lat: 'the latitude (lat)',
	long: 'the longitude (long)',
};

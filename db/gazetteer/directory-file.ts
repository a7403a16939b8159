import { pickFields, readLines } from './csv-lines.ts';
import { type DirectoryColumns, directoryColumns } from './directory-columns.ts';
import type { Point } from './distance.ts';
import { NATION_OF_CODE, type Sink } from './sink.ts';

export type Reading = { onBytes: (bytes: number) => void; signal: AbortSignal | null };

/**
 * Reads an ONS Postcode Directory or National Statistics Postcode Lookup file (WGS 84 latitude and longitude).
 * Retired postcodes keep their point and the month; those without a place (quality 9, latitude 99.999999) get none.
 * Throws an Error naming the line when the file is cut short or not what it should be.
 */
export async function readDirectoryFile(file: string, sink: Sink, reading: Reading): Promise<void> {
	let onRow: ((line: string, number: number) => void) | null = null;
	await readLines(file, {
		...reading,
		onLine: (line, number) => {
			if (onRow) onRow(line, number);
			else onRow = rowReader(directoryColumns(line), sink);
		},
	});
}

function rowReader(columns: DirectoryColumns, sink: Sink): (line: string, number: number) => void {
	const positions = Object.values(columns).toSorted((a, b) => a - b);
	const place = (name: keyof DirectoryColumns): number => positions.indexOf(columns[name]);
	const [postcode, doterm, gridind, ctry, lat, long] = [place('postcode'), place('doterm'), place('gridind'), place('ctry'), place('lat'), place('long')];
	const fields = positions.map(() => '');
	return (line, number) => {
		if (line === '') return;
		if (pickFields(line, positions, fields) < positions.length) throw new Error(`Line ${number} ends too early: the file is cut short or damaged.`);
		const retired = fields[doterm] ?? '';
		sink.add({
			postcode: fields[postcode] ?? '',
			point: pointOf(fields[lat] ?? '', fields[long] ?? '', fields[gridind] ?? '', number),
			retired: retired.trim() === '' ? null : Number(retired),
			nation: NATION_OF_CODE[fields[ctry] ?? ''] ?? null,
		});
	};
}

function pointOf(latitude: string, longitude: string, quality: string, number: number): Point | null {
	if (quality === '9' || latitude.trim() === '') return null;
	const [lat, lon] = [Number(latitude), Number(longitude)];
	if (lat > 99 || (lat === 0 && lon === 0)) return null;
	const isPossible = lat > 49 && lat < 61.5 && lon > -9 && lon < 2.5;
	if (!isPossible)
		throw new Error(`Line ${number} has no place in these islands (${latitude}, ${longitude}): the file is cut short or its columns are not in order.`);
	return { lat, lon };
}

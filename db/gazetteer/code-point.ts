import { pickFields, readLines } from './csv-lines.ts';
import type { Reading } from './directory-file.ts';
import { gridToWgs84 } from './osgb.ts';
import { NATION_OF_CODE, type Sink } from './sink.ts';

/** Postcode, quality, eastings, northings, country: the first five of ten columns in a file without a header. */
const POSITIONS = [0, 1, 2, 3, 4] as const;

/**
 * Reads the files of OS Code-Point Open (Great Britain, live postcodes only), turning grid metres into WGS 84.
 * Quality 90 means that there is no point. Throws an Error naming file and line when one is damaged.
 */
export async function readCodePointFiles(files: readonly string[], sink: Sink, reading: Reading): Promise<void> {
	let before = 0;
	for (const file of files) {
		let inFile = 0;
		const onBytes = (bytes: number): void => {
			inFile = bytes;
			reading.onBytes(before + bytes);
		};
		await readLines(file, {
			signal: reading.signal,
			onBytes,
			onLine: (line, number) => readRow(line, `${file}, line ${number}`, sink),
		});
		before += inFile;
	}
}

const fields = ['', '', '', '', ''];

function readRow(line: string, where: string, sink: Sink): void {
	if (line === '') return;
	const found = pickFields(line, POSITIONS, fields);
	const [postcode = '', quality = '', east = '', north = '', country = ''] = fields;
	if (found < POSITIONS.length || !/^\d+$/.test(east) || !/^\d+$/.test(north)) {
		throw new Error(`${where} is not a Code-Point Open row (postcode, quality, eastings, northings, country): the file is cut short or of another kind.`);
	}
	const [easting, northing] = [Number(east), Number(north)];
	const hasPoint = quality !== '90' && easting > 0 && northing > 0;
	sink.add({
		postcode,
		point: hasPoint ? gridToWgs84(easting, northing) : null,
		retired: null,
		nation: NATION_OF_CODE[country] ?? null,
	});
}

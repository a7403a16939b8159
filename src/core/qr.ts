import { encode } from 'uqr';

/**
 * A QR code of a text as one vector path, of squares one unit wide, to be drawn in a box of `size` by `size` that keeps the four units of white
 * around it which readers need. Medium error correction: a scratch or a fold does no harm.
 */
export function qrPath(text: string): { size: number; path: string } {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	const rows = data.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
	return { size, path: rows.join('') };
}

/** Neighbouring dark squares as one piece: no hairlines between them on paper. */
function runsOf(row: readonly boolean[]): [x: number, length: number][] {
	const runs: [number, number][] = [];
	for (let x = 0; x < row.length; x += 1) {
		if (!row[x]) continue;
		let length = 1;
		while (row[x + length]) length += 1;
		runs.push([x, length]);
		x += length;
	}
	return runs;
}

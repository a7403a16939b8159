/** Corners in order, as longitude and latitude or as any other x and y. */
export type Ring = [number, number][];
export type Frame = { west: number; east: number; south: number; north: number };

/** The part of a ring that lies inside a frame (Sutherland and Hodgman, 1974); empty when none does. */
export function clipRing(ring: Ring, frame: Frame): Ring {
	const sides: [axis: 0 | 1, limit: number, sign: 1 | -1][] = [
		[0, frame.west, 1],
		[0, frame.east, -1],
		[1, frame.south, 1],
		[1, frame.north, -1],
	];
	return sides.reduce((rest, [axis, limit, sign]) => clipSide(rest, axis, limit * sign, sign), ring);
}

function clipSide(ring: Ring, axis: 0 | 1, limit: number, sign: 1 | -1): Ring {
	const out: Ring = [];
	let before = ring.at(-1);
	for (const point of ring) {
		const [from, to] = [(before ?? point)[axis] * sign - limit, point[axis] * sign - limit];
		if (before && from < 0 !== to < 0) out.push(crossing(before, point, from / (from - to)));
		if (to >= 0) out.push(point);
		before = point;
	}
	return out;
}

function crossing(a: [number, number], b: [number, number], share: number): [number, number] {
	return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

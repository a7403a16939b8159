import { clipRing, type Frame, type Ring } from './map-clip.ts';
import type { MapFrame } from './map-frame.ts';
import land from './map-land.json' with { type: 'json' };

type Outline = { ring: Ring; box: Frame };

/** Read once, when the first page is made. */
const outlines: Outline[] = land.map((steps) => {
	const ring: Ring = [];
	let [x, y] = [0, 0];
	for (let i = 0; i + 1 < steps.length; i += 2) {
		x += steps[i] ?? 0;
		y += steps[i + 1] ?? 0;
		ring.push([x / 1000, y / 1000]);
	}
	return { ring, box: boxOfRing(ring) };
});

/** Corners closer to the last one than this, in units of the drawing, are left out. */
const FINEST = 1.2;
/** The frame is taken a little larger for clipping, so that the cut is not seen as a coast. */
const BEYOND = 0.03;

/** The land inside the frame as one SVG path, in whole units; '' out at sea. */
export function coastPath(frame: MapFrame): string {
	const [dLon, dLat] = [(frame.east - frame.west) * BEYOND, (frame.north - frame.south) * BEYOND];
	const wide = { west: frame.west - dLon, east: frame.east + dLon, south: frame.south - dLat, north: frame.north + dLat };
	return outlines
		.filter(({ box }) => box.west < wide.east && box.east > wide.west && box.south < wide.north && box.north > wide.south)
		.map(({ ring }) => drawn(clipRing(ring, wide), frame))
		.join('');
}

function drawn(ring: Ring, frame: MapFrame): string {
	let path = '';
	let [x, y] = [0, 0];
	for (const [longitude, latitude] of ring) {
		const spot = frame.spot({ latitude, longitude });
		const [toX, toY] = [Math.round(spot.x), Math.round(spot.y)];
		if (path !== '' && Math.hypot(toX - x, toY - y) < FINEST) continue;
		path += path === '' ? `M${toX} ${toY}l` : `${toX - x} ${toY - y} `;
		[x, y] = [toX, toY];
	}
	return path.includes(' ', path.indexOf('l')) ? `${path.trimEnd()}z` : '';
}

function boxOfRing(ring: Ring): Frame {
	const lons = ring.map(([lon]) => lon);
	const lats = ring.map(([, lat]) => lat);
	return { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) };
}

import { type Gazetteer, largestTowns } from '#db/gazetteer/index.ts';
import { coastPath } from './map-coast.ts';
import { frameAround, MAP_HEIGHT, MAP_WIDTH, type MapFrame } from './map-frame.ts';
import { type Pin, type Pinned, pinsOf } from './map-pins.ts';
import type { Point } from './nearest.ts';

export type ResultMap = {
	land: string;
	here: { x: number; y: number };
	rings: { radius: number; miles: number; labelY: number | null }[];
	towns: { x: number; y: number; name: string }[];
	pins: Pin[];
};

/** The drawing of a page of results around the place that was asked for; null when there is nothing to show. */
export function mapOf(gazetteer: Gazetteer, here: Point, results: readonly Pinned[]): ResultMap | null {
	if (results.length === 0) return null;
	const frame = frameAround([here, ...results]);
	const spot = frame.spot(here);
	const pins = pinsOf(results, frame);
	return { land: coastPath(frame), here: { x: Math.round(spot.x), y: Math.round(spot.y) }, rings: ringsAround(spot.y, frame), towns: townsOf(gazetteer, frame, pins), pins };
}

const RING_MILES = [1, 2, 5, 10, 20, 50, 100];
const LEAST_RADIUS = 32;
const MOST_RADIUS = MAP_WIDTH * 0.55;

function ringsAround(y: number, frame: MapFrame): ResultMap['rings'] {
	const rings = RING_MILES.map((miles) => ({ miles, radius: Math.round(miles * frame.unitsPerMile) }));
	const fitting = rings.filter(({ radius }) => radius >= LEAST_RADIUS && radius <= MOST_RADIUS).slice(-2);
	return fitting.map(({ miles, radius }) => ({ miles, radius, labelY: labelY(y, radius) }));
}

/** At the top of the ring, else at its foot, else nowhere. */
function labelY(y: number, radius: number): number | null {
	if (y - radius > 14) return Math.round(y - radius - 3);
	return y + radius < MAP_HEIGHT - 6 ? Math.round(y + radius + 11) : null;
}

const MOST_TOWNS = 6;
const LETTER = 6;

/** Names of towns where there is room for them, the largest first. */
function townsOf(gazetteer: Gazetteer, frame: MapFrame, pins: readonly Pin[]): ResultMap['towns'] {
	const taken = pins.map((pin) => ({ left: pin.x - pin.width / 2, right: pin.x + pin.width / 2, top: pin.y - 10, bottom: pin.y + 10 }));
	const towns: ResultMap['towns'] = [];
	for (const town of largestTowns(gazetteer, frame, 30)) {
		const { x, y } = frame.spot({ latitude: town.lat, longitude: town.lon });
		const half = (town.name.length * LETTER) / 2;
		const box = { left: x - half, right: x + half, top: y - 10, bottom: y + 4 };
		const isOutside = box.left < 2 || box.right > MAP_WIDTH - 2 || box.top < 2 || box.bottom > MAP_HEIGHT - 2;
		if (isOutside || taken.some((t) => t.left < box.right && t.right > box.left && t.top < box.bottom && t.bottom > box.top)) continue;
		taken.push(box);
		towns.push({ x: Math.round(x), y: Math.round(y), name: town.name });
		if (towns.length === MOST_TOWNS) break;
	}
	return towns;
}

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
	const taken = [...pins.map((pin) => boxAt(pin.x, pin.y + 3, pin.width)), boxAt(spot.x, spot.y + 3, 26)];
	const rings = ringsAround(spot, frame, taken);
	return { land: coastPath(frame), here: { x: Math.round(spot.x), y: Math.round(spot.y) }, rings, towns: townsOf(gazetteer, frame, taken), pins };
}

const RING_MILES = [1, 2, 5, 10, 20, 50, 100];
const LEAST_RADIUS = 32;
const MOST_RADIUS = MAP_WIDTH * 0.55;
const MOST_TOWNS = 6;
/** Width of a letter, and how far writing reaches above and below its line, in units of the drawing. */
const LETTER = 6;
const [ABOVE, BELOW] = [12, 6];

type Box = { left: number; right: number; top: number; bottom: number };

/** Rings at round distances, each with its words at the top or at the foot, wherever there is room; `taken` grows by them. */
function ringsAround(spot: { x: number; y: number }, frame: MapFrame, taken: Box[]): ResultMap['rings'] {
	const rings = RING_MILES.map((miles) => ({ miles, radius: Math.round(miles * frame.unitsPerMile) }));
	const fitting = rings.filter(({ radius }) => radius >= LEAST_RADIUS && radius <= MOST_RADIUS).slice(-2);
	return fitting.map(({ miles, radius }) => {
		const labelY = [spot.y - radius - 3, spot.y + radius + 11].find((y) => takeRoom(boxAt(spot.x, y, 8 * LETTER), taken));
		return { miles, radius, labelY: labelY === undefined ? null : Math.round(labelY) };
	});
}

/** Names of towns where there is room for them, the largest first. */
function townsOf(gazetteer: Gazetteer, frame: MapFrame, taken: Box[]): ResultMap['towns'] {
	const spots = largestTowns(gazetteer, frame, 30).map((town) => ({ name: town.name, ...frame.spot({ latitude: town.lat, longitude: town.lon }) }));
	const written = spots.filter(({ name, x, y }) => takeRoom(boxAt(x, y, name.length * LETTER), taken)).slice(0, MOST_TOWNS);
	return written.map(({ name, x, y }) => ({ name, x: Math.round(x), y: Math.round(y) }));
}

function boxAt(x: number, y: number, width: number): Box {
	return { left: x - width / 2, right: x + width / 2, top: y - ABOVE, bottom: y + BELOW };
}

/** Takes the room of a box if it is inside the drawing and free. */
function takeRoom(box: Box, taken: Box[]): boolean {
	const isInside = box.left >= 2 && box.right <= MAP_WIDTH - 2 && box.top >= 2 && box.bottom <= MAP_HEIGHT - 2;
	const isFree = isInside && !taken.some((t) => t.left < box.right && t.right > box.left && t.top < box.bottom && t.bottom > box.top);
	if (isFree) taken.push(box);
	return isFree;
}

import type { Frame } from './map-clip.ts';
import type { Point } from './nearest.ts';

/** The drawing's size in its own units: small enough that its writing stays readable on a phone. */
export const MAP_WIDTH = 400;
export const MAP_HEIGHT = 300;

const MARGIN = 34;
const MILES_PER_DEGREE = 69.05;
/** A map of less than this would pretend to know more than we do. */
const LEAST_MILES = 6;

/** A flat drawing of a small part of the world: right enough within a hundred miles. */
export type MapFrame = Frame & {
	unitsPerMile: number;
	/** Where a point stands in the drawing, in units from its top left. */
	spot(point: Point): { x: number; y: number };
};

/** The part of the country that holds all the points, with room at the edges. At least one point. */
export function frameAround(points: readonly Point[]): MapFrame {
	const lats = points.map((p) => p.latitude);
	const lons = points.map((p) => p.longitude);
	const middle = { latitude: (Math.min(...lats) + Math.max(...lats)) / 2, longitude: (Math.min(...lons) + Math.max(...lons)) / 2 };
	const squeeze = Math.cos((middle.latitude * Math.PI) / 180);
	const miles = {
		wide: Math.max(LEAST_MILES, (Math.max(...lons) - Math.min(...lons)) * MILES_PER_DEGREE * squeeze),
		high: Math.max(LEAST_MILES, (Math.max(...lats) - Math.min(...lats)) * MILES_PER_DEGREE),
	};
	const unitsPerMile = Math.min((MAP_WIDTH - 2 * MARGIN) / miles.wide, (MAP_HEIGHT - 2 * MARGIN) / miles.high);
	const perLat = unitsPerMile * MILES_PER_DEGREE;
	const perLon = perLat * squeeze;
	return {
		unitsPerMile,
		west: middle.longitude - MAP_WIDTH / 2 / perLon,
		east: middle.longitude + MAP_WIDTH / 2 / perLon,
		south: middle.latitude - MAP_HEIGHT / 2 / perLat,
		north: middle.latitude + MAP_HEIGHT / 2 / perLat,
		spot: (p) => ({ x: MAP_WIDTH / 2 + (p.longitude - middle.longitude) * perLon, y: MAP_HEIGHT / 2 - (p.latitude - middle.latitude) * perLat }),
	};
}

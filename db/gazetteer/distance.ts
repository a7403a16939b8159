export type Point = { lat: number; lon: number };
export type Box = { south: number; north: number; west: number; east: number };

/** Mean radius of the earth (6,371.0088 km, IUGG) in statute miles. */
const EARTH_MILES = 3958.7613;
const RADIANS = Math.PI / 180;

/** Great-circle distance in miles between two WGS 84 points in decimal degrees. */
export function haversineMiles(a: Point, b: Point): number {
	const sinLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
	const sinLon = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
	const h = sinLat * sinLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * sinLon * sinLon;
	return 2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A box in decimal degrees that holds every point within so many miles; its corners are further away. */
export function boundingBox(point: Point, miles: number): Box {
	const angle = miles / EARTH_MILES;
	const dLat = angle / RADIANS;
	const ratio = Math.sin(angle) / Math.cos(point.lat * RADIANS);
	const dLon = angle >= Math.PI / 2 || ratio >= 1 ? 180 : Math.asin(ratio) / RADIANS;
	return { south: point.lat - dLat, north: point.lat + dLat, west: point.lon - dLon, east: point.lon + dLon };
}

import type { Point } from './distance.ts';

/**
 * British National Grid to latitude and longitude, after the published formulae of the Ordnance Survey guide to
 * coordinate systems in Great Britain: inverse transverse Mercator on the Airy 1830 ellipsoid, then a Helmert shift
 * to WGS 84. The shift is good to about 5 m; the OSTN15 grid would give centimetres, which nothing here can use.
 */
export function gridToWgs84(easting: number, northing: number): Point {
	return shiftToWgs84(gridToOsgb36(easting, northing));
}

const RADIANS = Math.PI / 180;
const AIRY = { a: 6377563.396, b: 6356256.909 };
const WGS84 = { a: 6378137.0, b: 6356752.3142 };
const SCALE = 0.9996012717;
const ORIGIN = { lat: 49 * RADIANS, lon: -2 * RADIANS, easting: 400_000, northing: -100_000 };
const AIRY_E2 = 1 - (AIRY.b * AIRY.b) / (AIRY.a * AIRY.a);
/** Translations in metres, rotations in radians, scale as a fraction: OSGB36 to WGS 84. */
const SECOND = RADIANS / 3600;
const HELMERT = {
	x: 446.448,
	y: -125.157,
	z: 542.06,
	rx: 0.1502 * SECOND,
	ry: 0.247 * SECOND,
	rz: 0.8421 * SECOND,
	s: -20.4894e-6,
};

/** Grid metres to decimal degrees on OSGB36 (not yet WGS 84). */
export function gridToOsgb36(easting: number, northing: number): Point {
	const phi = footpointLatitude(northing);
	const sin2 = Math.sin(phi) ** 2;
	const nu = (AIRY.a * SCALE) / Math.sqrt(1 - AIRY_E2 * sin2);
	const rho = (AIRY.a * SCALE * (1 - AIRY_E2)) / (1 - AIRY_E2 * sin2) ** 1.5;
	const eta2 = nu / rho - 1;
	const t = Math.tan(phi);
	const [t2, t4, t6] = [t ** 2, t ** 4, t ** 6];
	const sec = 1 / Math.cos(phi);
	const VII = t / (2 * rho * nu);
	const VIII = (t / (24 * rho * nu ** 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
	const IX = (t / (720 * rho * nu ** 5)) * (61 + 90 * t2 + 45 * t4);
	const X = sec / nu;
	const XI = (sec / (6 * nu ** 3)) * (nu / rho + 2 * t2);
	const XII = (sec / (120 * nu ** 5)) * (5 + 28 * t2 + 24 * t4);
	const XIIA = (sec / (5040 * nu ** 7)) * (61 + 662 * t2 + 1320 * t4 + 720 * t6);
	const d = easting - ORIGIN.easting;
	return {
		lat: (phi - VII * d ** 2 + VIII * d ** 4 - IX * d ** 6) / RADIANS,
		lon: (ORIGIN.lon + X * d - XI * d ** 3 + XII * d ** 5 - XIIA * d ** 7) / RADIANS,
	};
}

function footpointLatitude(northing: number): number {
	let phi = ORIGIN.lat;
	let arc = 0;
	do {
		phi += (northing - ORIGIN.northing - arc) / (AIRY.a * SCALE);
		arc = meridionalArc(phi);
	} while (Math.abs(northing - ORIGIN.northing - arc) >= 1e-5);
	return phi;
}

function meridionalArc(phi: number): number {
	const n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b);
	const [n2, n3] = [n ** 2, n ** 3];
	const [minus, plus] = [phi - ORIGIN.lat, phi + ORIGIN.lat];
	return (
		AIRY.b *
		SCALE *
		((1 + n + 1.25 * n2 + 1.25 * n3) * minus -
			(3 * n + 3 * n2 + 2.625 * n3) * Math.sin(minus) * Math.cos(plus) +
			(1.875 * n2 + 1.875 * n3) * Math.sin(2 * minus) * Math.cos(2 * plus) -
			(35 / 24) * n3 * Math.sin(3 * minus) * Math.cos(3 * plus))
	);
}

function shiftToWgs84(point: Point): Point {
	const { x, y, z } = toCartesian(point);
	const h = HELMERT;
	return fromCartesian(h.x + (1 + h.s) * x - h.rz * y + h.ry * z, h.y + h.rz * x + (1 + h.s) * y - h.rx * z, h.z - h.ry * x + h.rx * y + (1 + h.s) * z);
}

function toCartesian(point: Point): { x: number; y: number; z: number } {
	const [lat, lon] = [point.lat * RADIANS, point.lon * RADIANS];
	const nu = AIRY.a / Math.sqrt(1 - AIRY_E2 * Math.sin(lat) ** 2);
	return {
		x: nu * Math.cos(lat) * Math.cos(lon),
		y: nu * Math.cos(lat) * Math.sin(lon),
		z: (1 - AIRY_E2) * nu * Math.sin(lat),
	};
}

function fromCartesian(x: number, y: number, z: number): Point {
	const e2 = 1 - (WGS84.b * WGS84.b) / (WGS84.a * WGS84.a);
	const p = Math.hypot(x, y);
	let lat = Math.atan2(z, p * (1 - e2));
	for (let step = 0; step < 5; step += 1) {
		const nu = WGS84.a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
		lat = Math.atan2(z + e2 * nu * Math.sin(lat), p);
	}
	return { lat: lat / RADIANS, lon: Math.atan2(y, x) / RADIANS };
}

export { allAreas, areaOf, isArea, type Nation, nationOf } from './areas.ts';
export { type BuildOptions, buildDefaultGazetteer, type Counts, type OnProgress } from './build.ts';
export { coarsenPlace, containsFullPostcode } from './coarsen.ts';
export { type Box, boundingBox, haversineMiles, type Point } from './distance.ts';
export { largestTowns, type NamedPoint } from './largest-towns.ts';
export { lookUpPlace, type PlaceAnswer } from './lookup.ts';
export {
	type Gazetteer,
	type GazetteerInfo,
	gazetteerChanged,
	gazetteerInfo,
	openGazetteer,
	type Place,
} from './open.ts';
export { type ParsedPlace, parsePlace } from './parse.ts';
export { isUnknownPostcode, type PostcodePoint, pointOfPostcode } from './points.ts';
export { type DistrictRow, districtPoints, townNear } from './rows.ts';

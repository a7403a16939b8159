export { allAreas, areaOf, isArea, nationOf, type Nation } from './areas.ts';
export { buildDefaultGazetteer, type BuildOptions, type Counts, type OnProgress } from './build.ts';
export { coarsenPlace, containsFullPostcode } from './coarsen.ts';
export { boundingBox, type Box, haversineMiles, type Point } from './distance.ts';
export { largestTowns, type NamedPoint } from './largest-towns.ts';
export { lookUpPlace, type PlaceAnswer } from './lookup.ts';
export {
	type Gazetteer,
	gazetteerChanged,
	gazetteerInfo,
	type GazetteerInfo,
	openGazetteer,
	type Place,
} from './open.ts';
export { type ParsedPlace, parsePlace } from './parse.ts';
export { isUnknownPostcode, pointOfPostcode, type PostcodePoint } from './points.ts';
export { districtPoints, type DistrictRow, townNear } from './rows.ts';

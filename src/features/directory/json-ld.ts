import type { Profile } from './profile.ts';
import { languagesOf } from './vcard.ts';
import { LEVEL_TITLES, sayKinds } from './words.ts';

/**
 * What search engines may read of a listed therapist, in the words of schema.org: a person with credentials.
 * @param origin scheme, name and port of the site, from the settings
 */
export function personJsonLd(profile: Profile, organisation: string, origin: string): object {
	const page = `${origin}/therapists/${profile.slug}`;
	const body = { '@type': 'Organization', '@id': `${origin}/#org`, name: organisation, url: origin };
	return {
		'@context': 'https://schema.org',
		'@type': 'Person',
		'@id': `${page}#person`,
		name: profile.name,
		url: page,
		jobTitle: LEVEL_TITLES[profile.card.level],
		...(profile.listing.photo ? { image: `${page}/photo` } : {}),
		...(profile.listing.phone ? { telephone: profile.listing.phone } : {}),
		...(profile.listing.website ? { sameAs: profile.listing.website } : {}),
		identifier: { '@type': 'PropertyValue', propertyID: 'register number', value: profile.number, url: `${origin}/register/${profile.number}` },
		hasCredential: profile.entry.status.awards.flatMap((award) =>
			award.level === 'organisation'
				? []
				: [
						{
							'@type': 'EducationalOccupationalCredential',
							credentialCategory: 'accreditation',
							name: `${LEVEL_TITLES[award.level]} (${sayKinds([award.kind])})`,
							recognizedBy: { '@id': `${origin}/#org` },
							dateCreated: award.awardedOn,
							expires: award.validToOn,
						},
					],
		),
		memberOf: body,
		knowsLanguage: languagesOf(profile),
		workLocation: profile.places.map((place) => ({
			'@type': 'Place',
			name: place.practiceName ?? place.town,
			address: { '@type': 'PostalAddress', addressLocality: place.town, postalCode: place.district, addressCountry: 'GB' },
		})),
	};
}

/** JSON that is safe inside a script element: nothing in it can end the element or begin a comment. */
export function scriptJson(value: object): string {
	return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

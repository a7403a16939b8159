export { answerAvailability, askAvailability, availabilityLink } from './availability-commands.ts';
export type { Availability, FinderCard } from './card.ts';
export { CONSENT_FIELDS, type ConsentField } from './consents.ts';
export { answerEnquiry, type EnquiryAnswer, type EnquiryState, enquiryFor } from './enquiry-answer.ts';
export { chaseEnquiries } from './enquiry-chase.ts';
export { ENQUIRY_FIELDS, type EnquiryInput, enquiryForm, MESSAGE_LIMIT, REPLY_BY, SAFE_TIMES_LIMIT } from './enquiry-form.ts';
export { canBeWrittenTo } from './enquiry-policy.ts';
export { emptyDueEnquiries, purgeEnquiries } from './enquiry-purge.ts';
export { ANSWER_WORKING_DAYS, type EnquirySent, KEPT_DAYS, sendEnquiry } from './enquiry-send.ts';
export { startedMark } from './enquiry-trap.ts';
export { type Facets, facetsOf } from './facets.ts';
export { COUNT_CAP, type Count } from './filter.ts';
export { addressOfSearch, FIND_PARAMETERS, type FindPage, findPage } from './find-page.ts';
export { bumpPublicVersion, finderDifferences, peopleDue, refreshFinder } from './finder.ts';
export { personJsonLd } from './json-ld.ts';
export { type Listed, listedBlocks, listedIn } from './listed.ts';
export { giveConsent, type ListingFacts, type PracticePlace, withdrawConsent, writeListing, writePlaces } from './listing-commands.ts';
export { isPublishedOn } from './listing-queries.ts';
export { moveListing } from './listing-slug.ts';
export { type Located, locatePostcode, locateTown } from './locate-place.ts';
export { MEMBERSHIP_HANDLERS, NAMING_HANDLERS, ON_REFUNDED, ON_SETTLED } from './membership-handlers.ts';
export { milesBetween, type Point } from './nearest.ts';
export { FEE_CAPS, type FinderOption, hasOption, OPTION_BY_CODE, OPTIONS, type OptionGroup } from './options.ts';
export { saveSection } from './own-commands.ts';
export {
	ABOUT_LIMIT,
	aboutForm,
	availabilityForm,
	decisionForm,
	FEE_CODES,
	feesForm,
	ownAvailabilityForm,
	PLACE_NUMBERS,
	photoForm,
	placesForm,
	WORK_CODES,
	workForm,
	yesForm,
} from './own-forms.ts';
export { NOTHING_WRITTEN, type OwnListing, ownListing } from './own-listing.ts';
export { savePhoto } from './own-photo-commands.ts';
export { hindrances, previewOwnListing, publishListing, takeListingDown } from './own-publish-commands.ts';
export { countListingRequests, decideListingRequest, listingRequests, listingWork } from './own-request-commands.ts';
export { aboutSection, availabilitySection, feesSection, placesSection, workSection } from './own-sections.ts';
export { typedOr } from './own-typed.ts';
export { AVAILABILITY_CHOICES, AVAILABILITY_WORDS, SECTIONS, sectionInWords } from './own-words.ts';
export { dropHarmfulPhoto } from './photo-quarantine.ts';
export { listingSlugOf, type Profile, type ProfileAnswer, photoAt, profileAt, slugOwner } from './profile.ts';
export { countFinder, type FinderPage, type FinderResult, searchFinder } from './search.ts';
export { DEFAULT_WITHIN, EMPTY_QUERY, type FinderQuery, PAGE_SIZE, queryString, readQuery, WITHIN_MILES, withOption } from './search-query.ts';
export { COMPARE_MOST, readShortlist, SHORTLIST_MOST, type Shortlist, shortlisted, shortlistQuery } from './shortlist.ts';
export { vcardOf } from './vcard.ts';
export { websiteFrom } from './website.ts';

import { fold } from '#core/text.ts';

/** Every column the importer reads and the other headings it goes by. Headings are compared without case, spaces and punctuation. */
export const COLUMNS = {
	'register number': ['registration number', 'registration no', 'register no', 'registration', 'ipt number', 'ipt no', 'reg no', 'accreditation number'],
	'member id': ['membership number', 'member number', 'membership no', 'member no', 'membership id', 'id', 'import key', 'crm id', 'contact id'],
	name: ['full name', 'member name', 'therapist'],
	title: ['salutation', 'prefix'],
	'given names': ['given name', 'first name', 'first names', 'forename', 'forenames', 'christian name'],
	'family name': ['surname', 'last name', 'second name', 'family names'],
	'name changed on': ['date of name change'],
	'former names': ['former name', 'previous names', 'previous name', 'maiden name', 'also known as'],
	email: ['email address', 'e mail', 'e mail address', 'mail'],
	phone: ['telephone', 'telephone number', 'phone number', 'mobile', 'contact number', 'tel'],
	gender: ['sex'],
	'died on': ['date of death', 'died', 'deceased on'],
	'registered on': ['on register since', 'date registered', 'first registered'],
	category: ['membership category', 'membership type', 'member type', 'membership'],
	joined: ['joined on', 'member since', 'membership from', 'join date', 'date joined'],
	'paid to': ['paid until', 'membership to', 'renewal date', 'expires on', 'membership expires', 'subscription paid to', 'paid up to'],
	'left on': ['left', 'date left', 'membership ended', 'leaving date'],
	'left reason': ['reason for leaving', 'leaving reason', 'why left'],
	employer: ['organisation', 'organization', 'employer name'],
	memberships: ['membership periods', 'membership history'],
	leave: ['leave of absence', 'on leave', 'leave periods'],
	awards: ['accreditations', 'award'],
	'standards version': ['standards'],
	orders: ['sanctions', 'order'],
	'core body': ['core profession', 'core profession body', 'professional body', 'regulator', 'core register'],
	'core number': ['core profession number', 'core registration number', 'professional number', 'regulator number', 'pin'],
	'core checked on': ['core profession checked on', 'checked on', 'core checked'],
	'core standing': ['core profession standing', 'core status', 'standing'],
	'core since': ['core registered since', 'core from'],
	'birth date': ['date of birth', 'born on', 'born', 'dob', 'birthday'],
	'insurance with': ['insurer', 'insurance company', 'indemnity insurer', 'insurance'],
	'insurance to': ['insurance expires', 'insurance valid to', 'insured until', 'insurance expiry', 'indemnity insurance expires'],
	'insurance seen on': ['insurance checked on', 'insurance checked'],
	'insurance through': ['insurance type'],
	'record check': ['dbs', 'dbs type', 'dbs check', 'record check type', 'pvg'],
	'record check body': ['dbs body'],
	'record check dated': ['dbs date', 'record check date', 'record check issued on', 'dbs issued on'],
	'record check seen on': ['dbs seen on', 'record check checked on', 'dbs checked on'],
	'cpd from': ['cpd year from', 'cpd period from'],
	'cpd to': ['cpd year to', 'cpd period to'],
	'cpd hours': ['cpd total', 'cpd', 'total cpd hours'],
	'cpd ipt hours': ['ipt hours', 'ipt cpd hours', 'ipt specific hours'],
	'cpd source': [],
	publish: ['listed', 'published', 'show in directory', 'in directory', 'show on website', 'find a therapist'],
	'published on': ['listed since'],
	consent: ['consents', 'agreed to show', 'may show'],
	'consent given on': ['consent date', 'consented on'],
	about: ['profile', 'biography', 'bio', 'description', 'about me'],
	website: ['web site', 'web', 'url', 'web address'],
	'public phone': ['listing phone', 'practice phone', 'practice telephone', 'public telephone'],
	fees: ['fee', 'session fee', 'cost', 'price', 'cost per session'],
	'session minutes': ['session length', 'minutes'],
	online: ['works online', 'video', 'remote'],
	'in person': ['face to face', 'sees people in person'],
	'enquiries open': ['contact form', 'accepts enquiries'],
	availability: ['available', 'taking clients', 'accepting clients', 'vacancies'],
	'waiting weeks': ['waiting list weeks', 'wait weeks'],
	'away until': ['back on'],
	'availability confirmed on': ['availability checked on', 'availability date'],
	'listing confirmed on': ['listing checked on', 'profile confirmed on'],
	'works with': ['client groups', 'who for', 'clients'],
	'focal areas': ['focus', 'helps with', 'issues'],
	'also works with': ['also', 'specialisms', 'special interests'],
	languages: ['language', 'languages spoken'],
	funding: ['funded by', 'payment', 'how paid'],
	concessions: ['concession', 'low cost places', 'reduced fees', 'sliding scale'],
	supervision: ['offers supervision', 'supervises'],
	'place 1 practice': ['practice', 'practice name', 'clinic', 'clinic name'],
	'place 1 town': ['town', 'city', 'town or city', 'location'],
	'place 1 postcode': ['postcode', 'post code', 'zip', 'practice postcode'],
	'place 1 step free': ['step free', 'step free access', 'wheelchair access', 'accessible'],
} as const satisfies Record<string, readonly string[]>;

/** A heading as it is compared: `Family_Name` → `familyname`. */
export function headingKey(heading: string): string {
	return fold(heading).replace(/[^\p{L}\p{N}]+/gu, '');
}

const BY_KEY = new Map<string, string>();
for (const [name, synonyms] of Object.entries(COLUMNS)) {
	for (const heading of [name, ...synonyms]) BY_KEY.set(headingKey(heading), name);
}

const PLACE = /^(?:place|practice|location)([1-9])(practice|practicename|name|town|city|postcode|stepfree|stepfreeaccess)$/;
const PLACE_PART: Record<string, string> = {
	practice: 'practice',
	practicename: 'practice',
	name: 'practice',
	town: 'town',
	city: 'town',
	postcode: 'postcode',
	stepfree: 'step free',
	stepfreeaccess: 'step free',
};
const AWARD =
	/^(practitioner|supervisor|trainer|organisation)?(adult|adolescent|counselling|bipolar|perinatal|eating|group)?(awardedon|awarded|validto|validuntil|expires|expiry)$/;

/** The column that a heading means; null when it is none of ours. */
export function columnOf(heading: string): string | null {
	const key = headingKey(heading);
	const known = BY_KEY.get(key);
	if (known) return known;
	const place = PLACE.exec(key);
	if (place) return `place ${place[1]} ${PLACE_PART[place[2] ?? ''] ?? ''}`;
	const award = AWARD.exec(key);
	if (!award || (!award[1] && !award[2])) return null;
	return `${award[1] ?? 'practitioner'} ${award[2] ?? 'adult'} ${award[3]?.startsWith('awarded') ? 'awarded' : 'valid to'}`;
}

/** The level and kind in a column of an award family: `supervisor adult awarded`; null for any other column. */
export function awardFamily(column: string): { level: string; kind: string; part: 'awarded' | 'valid to' } | null {
	const match = /^(practitioner|supervisor|trainer|organisation) (adult|adolescent|counselling|bipolar|perinatal|eating|group) (awarded|valid to)$/.exec(
		column,
	);
	return match ? { level: match[1] ?? '', kind: match[2] ?? '', part: match[3] as 'awarded' | 'valid to' } : null;
}

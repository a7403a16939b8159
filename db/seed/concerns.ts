/**
 * Concerns of the demonstration that a visitor can open: their case keys, which stand on its first page, and what each shows. Nobody is given a key
 * like these: a key is made at random, and these open nothing where no demonstration was made.
 */
export const CONCERNS_TO_TRY = [
	{ caseKey: 'TRYA-CASE-2222', shows: 'begun and not sent yet' },
	{ caseKey: 'TRYB-CASE-3333', shows: 'sent yesterday' },
	{ caseKey: 'TRYC-CASE-4444', shows: 'we have asked something' },
	{ caseKey: 'TRYD-CASE-5555', shows: 'being looked into, with messages both ways' },
	{ caseKey: 'TRYE-CASE-6666', shows: 'settled between both sides, and closed' },
	{ caseKey: 'TRYF-CASE-7777', shows: 'paused by who raised it' },
	{ caseKey: 'TRYG-CASE-8888', shows: 'heard and decided, with a letter about the outcome' },
] as const;

/** Opens all of them. */
export const PASSPHRASE_TO_TRY = 'marble otter kettle sunrise';

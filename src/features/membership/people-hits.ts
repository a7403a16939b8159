import { readRegisterNumber } from '#core/register-number.ts';
import { afterPrefix, fold } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { soundsOf } from './names.ts';

/** How many index rows one look-up reads at most. */
const SCAN = 2000;
const FEW = 5;

/** Why somebody was found. */
export type FoundBy = 'register number' | 'member id' | 'invoice' | 'e-mail' | 'telephone' | 'name' | 'sound';
export type Hit = { personId: string; by: FoundBy };

/**
 * Everyone that what was typed may mean, each once, the surest first: numbers and ids, addresses, telephone digits, the beginning of any word
 * of a name, and when those are few, names that sound like it. A file that was merged leads to the one that stands.
 */
export function hitsFor(db: Db, typed: string): Hit[] {
	const found = new Map<string, FoundBy>();
	const add = (by: FoundBy, ids: readonly unknown[]) => {
		for (const id of ids) if (typeof id === 'string' && !found.has(id)) found.set(id, by);
	};
	const all = (text: string, ...values: (string | number)[]) =>
		prepared(db.sql, text)
			.pluck()
			.all(...values);
	for (const number of numbersIn(typed)) add('register number', all(BY_NUMBER, number, number));
	add('member id', all('SELECT id FROM person WHERE import_key = ?', typed));
	if (/^inv/i.test(typed)) add('invoice', all('SELECT person_id FROM invoice WHERE number = ?', typed.toUpperCase().replace(/\s/g, '')));
	const address = typed.toLowerCase();
	if (/^[^\s]{3,}$/.test(address)) {
		add('e-mail', all('SELECT id FROM person WHERE lower(email) >= ? AND lower(email) < ? ORDER BY lower(email) LIMIT ?', address, afterPrefix(address), SCAN));
		add('e-mail', all('SELECT person_id FROM account WHERE email_key >= ? AND email_key < ? LIMIT ?', address, afterPrefix(address), SCAN));
	}
	const digits = telephoneDigits(typed);
	if (digits) add('telephone', all(BY_TELEPHONE, digits, SCAN));
	const name = fold(typed);
	if (name.length > 0) add('name', all('SELECT person_id FROM name_key WHERE key >= ? AND key < ? ORDER BY key LIMIT ?', name, afterPrefix(name), SCAN));
	if (found.size < FEW && name.length > 2) {
		for (const sound of soundsOf(name.split(' ').at(-1) ?? '')) add('sound', all('SELECT person_id FROM name_sound WHERE sound = ? LIMIT ?', sound, SCAN));
	}
	return [...found].map(([personId, by]) => ({ personId, by }));
}

const BY_NUMBER = 'SELECT person_id FROM registration WHERE number = ? UNION ALL SELECT person_id FROM registration_former WHERE number = ?';
/** Digits of a number as it was written, without what stands between them. The newest digits tell people apart: a prefix says a country. */
const BARE = "replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '+', '')";
const BY_TELEPHONE = `SELECT id FROM person WHERE phone IS NOT NULL AND ${BARE} LIKE '%' || ? || '%' LIMIT ?`;

/** Register numbers that the text may be: also one whose check digit was left out or mistyped is worth a look only when it is exact. */
function numbersIn(typed: string): string[] {
	const read = readRegisterNumber(typed);
	return read.kind === 'number' && /\d{5}|ipt/i.test(typed) ? [read.number] : [];
}

/** Five digits or more, without the zero or country code that is written in several ways; null for what is no telephone number. */
function telephoneDigits(typed: string): string | null {
	if (!/^[\d\s()+.\-–/]+$/.test(typed)) return null;
	const digits = typed
		.replace(/\D/g, '')
		.replace(/^(?:00)?44/, '')
		.replace(/^0+/, '');
	return digits.length >= 5 ? digits : null;
}

import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { declarationsOn } from './rules.ts';

/** What someone may agree to, in one version. `isChoice`: may be withdrawn at any time without leaving. */
export type ConsentText = { purpose: string; version: string; title: string; text: string; isChoice: boolean };

const KIND = 'consent.';

/** The wording in force on a day for every purpose: choices, the privacy notice, then the declarations of joining. */
export function consentTextsOn(db: Db, day: string): ConsentText[] {
	const text = `SELECT kind, version, data FROM rule_set r WHERE kind LIKE '${KIND}%' AND from_on <= ?
		AND NOT EXISTS (SELECT 1 FROM rule_set n WHERE n.kind = r.kind AND n.from_on <= ? AND (n.from_on, n.version) > (r.from_on, r.version)) ORDER BY kind`;
	const own = (prepared(db.sql, text).all(day, day) as Row[]).map(read);
	const { version, declarations } = declarationsOn(db, day);
	return [...own, ...declarations.map((d) => ({ purpose: d.key, version, title: d.title, text: d.text, isChoice: false }))];
}

/** The wording of one version of a purpose, or null when there never was one. */
export function consentText(db: Db, purpose: string, version: string): ConsentText | null {
	const find = prepared(db.sql, 'SELECT kind, version, data FROM rule_set WHERE kind = ? AND version = ?');
	const own = find.get(`${KIND}${purpose}`, version) as Row | undefined;
	if (own) return read(own);
	const declared = find.get('declarations', version) as Row | undefined;
	const found = declared && (JSON.parse(declared.data) as { key: string; title: string; text: string }[]).find((d) => d.key === purpose);
	return found ? { purpose, version, title: found.title, text: found.text, isChoice: false } : null;
}

type Row = { kind: string; version: string; data: string };

function read({ kind, version, data }: Row): ConsentText {
	return { purpose: kind.slice(KIND.length), version, ...(JSON.parse(data) as Pick<ConsentText, 'title' | 'text' | 'isChoice'>) };
}

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile, dropFile, keptFiles, removeDeletedFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { NO_APPLICATION, ownStanding, savedIn } from './apply-queries.ts';
import { type Evidence, evidenceIn, filesAt } from './evidence-queries.ts';
import { type Candidate, candidatesFor } from './evidence-sources.ts';
import type { Section } from './standards.ts';
import { PHASE_SAID } from './state.ts';
import type { Standing } from './step.ts';

/** `chosen`: evidence on record as `case:key`, each agreed to by being chosen. `files`: keys of files just stored. `version`: what the form was made from. */
export type SectionInput = { text: string; chosen: string[]; files: string[]; version: number };

export const MOST_FILES = 10;

/**
 * Keeps a section of one's own draft, complete or not: words, evidence on record chosen or no longer chosen, new files.
 * @throws NotFound; Conflict when it was sent, or another window was faster; Invalid beside `files` or `chosen`
 */
export function saveSection(ctx: Ctx, key: string, sectionKey: string, input: SectionInput): void {
	const standing = ownDraft(ctx, key);
	const section = sectionOf(standing, sectionKey);
	commit(ctx, { name: 'saveSection' }, (tx) => {
		writeAnswer(tx, standing, sectionKey, input);
		const there = evidenceIn(tx.db, standing.application.id).filter((one) => one.section === sectionKey);
		choose(tx, standing, section, { chosen: input.chosen, there });
		addFiles(tx, standing, section, { files: input.files, there });
		record(tx, 'accreditation.saved', { type: 'application', id: standing.application.id }, { section: sectionKey });
	});
}

/** Takes a file of one's own draft away for good. Twice is the same as once. @throws NotFound, Conflict */
export function removeFile(ctx: Ctx, key: string, sectionKey: string, fileId: string): void {
	const standing = ownDraft(ctx, key);
	const there = evidenceIn(ctx.db, standing.application.id).find((one) => one.section === sectionKey && one.source === 'file' && one.sourceId === fileId);
	if (!there) return;
	commit(ctx, { name: 'removeFile' }, (tx) => {
		remove(tx, there);
		// What was sent once stays with what was sent.
		if (standing.state.submissions === 0) dropFile(tx, fileId, 'owner');
		record(tx, 'accreditation.saved', { type: 'application', id: standing.application.id }, { section: sectionKey, removed: fileId });
	});
	removeDeletedFile(ctx, fileId);
}

/** One's own application while it can be changed. @throws NotFound, Conflict */
export function ownDraft(ctx: Ctx, key: string): Standing {
	const standing = ownStanding(ctx, key);
	if (standing.state.phase !== 'draft') throw new Conflict(PHASE_SAID[standing.state.phase]);
	return standing;
}

/** A section of a route. @throws NotFound */
export function sectionOf({ route }: Pick<Standing, 'route'>, key: string): Section {
	const found = route.sections.find((section) => section.key === key);
	if (!found) throw new NotFound(NO_APPLICATION);
	return found;
}

function writeAnswer(tx: Tx, { application }: Standing, section: string, { text, version }: SectionInput): void {
	const answers = JSON.stringify({ text });
	const known = savedIn(tx.db, application.id).get(section)?.version ?? 0;
	if (known !== version)
		throw new Conflict('You saved this section in another window in the meantime. What you typed is still here, and beside it what was saved there.');
	const write = `INSERT INTO accreditation_answer (application_id, section, answers, changed_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (application_id, section) DO UPDATE SET answers = excluded.answers, changed_at = excluded.changed_at, version = version + 1`;
	prepared(tx.db.sql, write).run(application.id, section, answers, tx.ctx.now);
}

function choose(tx: Tx, { application }: Standing, section: Section, { chosen, there }: { chosen: readonly string[]; there: readonly Evidence[] }): void {
	const who = { personId: application.personId, applicationId: application.id, today: tx.ctx.today };
	const offered = candidatesFor(tx.db, who, section.evidence);
	const wanted = offered.filter((one) => chosen.includes(chosenKey(one)));
	const isStillThere = chosen.every((key) => wanted.some((one) => chosenKey(one) === key) || there.some((one) => chosenKey(one) === key));
	if (!isStillThere) throw new Invalid('chosen', 'Something you chose is no longer on your record. Look at the list again.');
	for (const one of there) if (one.source !== 'file' && !chosen.includes(chosenKey(one))) remove(tx, one);
	for (const one of wanted) if (!there.some((known) => chosenKey(known) === chosenKey(one))) add(tx, application.id, section.key, one);
}

/** How a piece of evidence is named in a form. */
export function chosenKey({ source, sourceId }: Pick<Candidate, 'source' | 'sourceId'>): string {
	return `${source}:${sourceId}`;
}

function addFiles(tx: Tx, { application }: Standing, section: Section, { files, there }: { files: readonly string[]; there: readonly Evidence[] }): void {
	const fresh = files.filter((id) => !there.some((one) => one.sourceId === id));
	if (fresh.length === 0) return;
	if (!section.evidence.includes('file')) throw new Invalid('files', 'This section takes no files.');
	if (there.filter(({ source }) => source === 'file').length + fresh.length > MOST_FILES)
		throw new Invalid('files', `A section holds ${MOST_FILES} files at most. Take one away first.`);
	const kept = keptFiles(tx.ctx, fresh);
	for (const id of fresh) {
		attachFile(tx, id, { ...filesAt(application.id), ownerPersonId: application.personId, field: 'files' });
		add(tx, application.id, section.key, { source: 'file', sourceId: id, title: kept.find((file) => file.id === id)?.name ?? 'A file' });
	}
}

function add(tx: Tx, applicationId: string, section: string, { source, sourceId, title }: Pick<Candidate, 'source' | 'sourceId' | 'title'>): void {
	const text = 'INSERT INTO accreditation_evidence (id, application_id, section, source, source_id, title, consented_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(newId(), applicationId, section, source, sourceId, title.slice(0, 400), tx.ctx.now);
}

function remove(tx: Tx, { id }: Evidence): void {
	prepared(tx.db.sql, 'UPDATE accreditation_evidence SET removed_at = ? WHERE id = ? AND removed_at IS NULL').run(tx.ctx.now, id);
}

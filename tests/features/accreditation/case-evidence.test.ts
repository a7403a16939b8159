import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { candidatesFor, fileOf, ownStanding, saveSection, standingByReference, submitApplication } from '#features/accreditation/index.ts';
import { rateRecording, signReport } from '#features/training/index.ts';
import { filledDraft, nameBoth, putStandards } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { agreed, aRegistrant } from '../cpd/supervised.ts';
import { aCase, rating, report } from '../training/records.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	putStandards(system);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

test('a case is shown to those who assess as the training record shows it: facts in words, recordings, the signed report; as it was when it was sent', () => {
	const [una, sol] = [aRegistrant(system, 'Una'), aRegistrant(system, 'Sol')];
	system.db.sql.prepare("UPDATE award_term SET to_on = '2021-01-01' WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)").run(una.id);
	const code = aCase(una, agreed(una, sol));
	rateRecording(sol.ctx, code, rating(sol.ctx, '01/02/2026'));
	signReport(sol.ctx, code, report(sol.ctx));
	const key = filledDraft(una);
	const [offered] = candidatesFor(system.db, { personId: una.id, applicationId: 'none', today: system.today }, ['case']);
	saveSection(una.ctx, key, 'cases', { text: 'x', chosen: [`case:${offered?.sourceId}`], files: [], version: 1 });
	nameBoth(una, key);
	const reference = submitApplication(una.ctx, key, { seen: ownStanding(una.ctx, key).seen });
	rateRecording(sol.ctx, code, rating(sol.ctx, '01/03/2026'));

	const evidence = fileOf(system, standingByReference(system.db, reference)).sections.flatMap((section) => section.evidence);
	expect(evidence).toHaveLength(1);
	const [{ facts, theCase } = { facts: [], theCase: null }] = evidence;
	expect(facts).toEqual([]);
	expect(theCase?.rows).toEqual(
		expect.arrayContaining([expect.objectContaining({ key: 'Supervisor' }), { key: 'Focal area', value: expect.stringContaining('Life change') }]),
	);
	expect(theCase?.theCase.ratings).toHaveLength(1);
	expect(theCase?.theCase.reports).toMatchObject([{ decision: 'passed', strengths: 'A clear formulation, kept to the focus.' }]);
	expect(JSON.stringify(theCase?.rows)).not.toMatch(/nhs_|role_transition/);
});

import { expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import { putPersonOnFile } from '#features/membership/index.ts';
import { imposeOrder } from '#features/register/index.ts';
import { importDesk } from './importing.ts';

test('somebody new with the name of a person who was removed comes in, and the report says so', async () => {
	const desk = importDesk();
	onTestFinished(desk.close);
	const details = { title: null, gender: null, email: null, phone: null, diedOn: null, importKey: null };
	commit(desk.ctx, { name: 'test' }, (tx) => {
		const gone = putPersonOnFile(tx, { givenNames: 'Rhona', familyName: 'Removedname' }, details);
		const order = { kind: 'removal', awardId: null, fromOn: '2025-01-01', toOn: null, reviewOn: null, publicText: '', displayUntilOn: null } as const;
		imposeOrder(tx, gone, order);
		// Erased since: the mark alone is left.
		tx.db.sql.prepare("UPDATE person_name SET given_names = 'Erased', family_name = 'Person' WHERE person_id = ?").run(gone);
	});
	const { summary } = await desk.bring('Given names,Family name,Email\nRhona,Removedname,r@example.org\nAnn,Other,a@example.org\n');
	expect(summary).toMatch(/Row 2 \(Rhona Removedname\), likely duplicate: .*a person who was removed from the register/);
	expect(summary).not.toMatch(/Ann Other.*removed/);
});

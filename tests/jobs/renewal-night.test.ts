import { expect, it } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { loadKeys } from '#core/keys.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { membersToRenew, nightsWork, startNight, untilWorking, wholeNight } from '#tests/helpers/renewal-night.ts';

const MEMBERS = 2000;
const KILLS = 10;

it('renewal night killed ten times reminds everyone once, grants every payment once, and leaves no gap in any membership', { timeout: 240_000 }, async () => {
	const folder = temporaryFolder();
	const db = emptyRegister(folder.path);
	membersToRenew(db, folder.path, MEMBERS);
	let killed = 0;
	for (let run = 0; run < KILLS; run += 1) {
		const night = startNight(folder.path, run);
		await untilWorking(db, run);
		night.kill();
		if ((await night.ended) === 'SIGKILL') killed += 1;
	}
	expect(killed).toBe(KILLS);
	const last = startNight(folder.path, KILLS);
	expect([await last.ended, last.said()]).toEqual([null, expect.stringContaining('done')]);
	const again = startNight(folder.path, KILLS + 1);
	await again.ended;
	expect(again.said()).toContain('0 granted, 0 reminded');

	expect(nightsWork(db)).toEqual(wholeNight(MEMBERS));
	expect(verifyAudit(db, loadKeys({ dataDir: folder.path, auditKey: null, secretKey: null }).audit).ok).toBe(true);
	expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	db.sql.close();
	folder.remove();
});

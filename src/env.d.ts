/// <reference types="astro/client" />

import type { Clock } from '#core/clock.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Keys } from '#core/keys.ts';
import type { Log } from '#core/log.ts';
import type { Db } from '#db/client.ts';
import type { Gazetteer } from '#db/gazetteer/index.ts';
import type { SessionAtHand } from '#features/accounts/index.ts';
import type { Organisation, Settings } from '#settings';
import type { Resend } from '#web/resend.ts';

declare global {
	namespace App {
		interface Locals {
			/** Handed over by src/server for every request it let through. */
			server?: {
				db: Db;
				keys: Keys;
				settings: Settings;
				clock: Clock;
				travel: { left(): number; go(days: number): void } | null;
				readonly gazetteer: Gazetteer;
				log: Log;
			};
			requestId?: string;
			clientIp?: string;
			/** Made by src/middleware.ts from the above. */
			ctx: Ctx;
			/** The session, where the area knows its visitors and someone is signed in. */
			session?: SessionAtHand;
			/** Does their own area hold a concern? Looked up for pages of that area. */
			hasCases?: boolean;
			gazetteer: Gazetteer;
			site: { organisation: Organisation; demo: boolean; psaMark: boolean; origin: string };
			/** What the form of this request holds, once it was read: nothing typed is lost when its sender turns out to be signed out. */
			typed?: Record<string, string[]>;
			problem?: { status: number; title: string; message: string; resend?: Resend };
		}
	}
}

import { type Role, STAFF_ROLES } from '#core/roles.ts';

/**
 * Pages behind a door, one row for every file under `src/pages/my`, `src/pages/office`: who may open them.
 * `opens`: roles that get in; `everyone`: whoever is signed in. All others get 403; nobody signed in is sent to sign in (303), and
 * what they post is refused (403).
 * `post`: the answer to an empty form from someone who may open the page; 405 where the page takes none.
 */
export type RoleRow = { route: string; path: string; opens: 'everyone' | readonly Role[]; get: number; post: number };

/** One row: `path` where the route has parameters. */
export const row = (route: string, opens: RoleRow['opens'], post = 405, path: string = route, get = 200): RoleRow => ({ route, path, opens, get, post });
/** Every staff role. */
export const STAFF: readonly Role[] = STAFF_ROLES;

export { endRole, type Grant, giveRole, grantRole, openAccount } from './account-commands.ts';
export { becomePerson } from './demonstration.ts';
export { fitsPassword, hashPassword, TooBusy } from './passwords.ts';
export { accountOf, type CastMember, type OwnAccount, peopleToBecome, staffOn } from './queries.ts';
export { endForm, grantForm } from './roles-form.ts';
export { type GrantView, grantOf, personByMailbox, rolesGranted } from './roles-queries.ts';
export { beginSession, type Cookies, endSession, owesSecondStep, whoIs } from './session.ts';
export { carrySessionsOver, rolesOf, type SessionFacts } from './session-store.ts';

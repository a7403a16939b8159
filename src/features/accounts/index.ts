export { endRole, type Grant, giveRole, grantRole, openAccount } from './account-commands.ts';
export { type Cookies, dropCookie, readCookie, setCookie } from './cookies.ts';
export { becomePerson } from './demonstration.ts';
export { type Browser, browserOf } from './device.ts';
export { disableAccount, enableAccount } from './disable.ts';
export { askToChangeEmail, cancelEmailChange, changeEmailByStaff, mayChangeEmailOf, openEmailChange } from './email-change.ts';
export { changeDueEmails, confirmNewEmail, keepEmail, type OnEmailChanged } from './email-change-done.ts';
export {
	type EmailChangeWaiting,
	emailChangesWaiting,
	emailChangeWaitingFor,
	maySecondEmailChange,
	secondEmailChange,
	turnDownEmailChange,
} from './email-second.ts';
export { forgetOldAccess } from './forget-old.ts';
export * as accountForms from './forms.ts';
export { askForReset, askToJoin, claimByLink, inviteToClaim, joinByLink, type NewName, recordToClaim } from './join.ts';
export { type LinkPurpose, type LinkState, linkAt, linkInHand, openLink, sayState } from './links.ts';
export { endAllOwnSessions, endOwnSession, forgetDevice, type OwnDevice, type OwnSession, type Security, securityOf } from './own-sessions.ts';
export { optionsToRegister, optionsToUse } from './passkeys.ts';
export { refuseWeak } from './password-rules.ts';
export { fitsPassword, hashPassword } from './passwords.ts';
export { changePassword, resetPassword } from './passwords-changed.ts';
export { proveAgain, proveInDemonstration, proveWithPasskey } from './prove.ts';
export { accountOf, type CastMember, type OwnAccount, peopleToBecome, staffOn } from './queries.ts';
export { endForm, grantForm } from './roles-form.ts';
export { type GrantView, grantOf, personByMailbox, rolesGranted } from './roles-queries.ts';
export { giveCode, signInWithPasskey } from './second-step.ts';
export { asOwner, beginSession, endSession, owesSecondStep, type SessionAtHand, sessionAtHand, whoIs } from './session.ts';
export { carrySessionsOver, rolesOf, type SessionFacts } from './session-store.ts';
export { type SigningIn, signIn } from './sign-in.ts';
export { TooBusy } from './too-busy.ts';
export { type TotpSetup, totpToSetUp } from './totp.ts';
export { addPasskey, removePasskey, removeTotp, renewRecoveryCodes, type SetUp, setUpTotp } from './ways-in.ts';

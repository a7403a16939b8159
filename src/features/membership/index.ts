export { type CoreRegistration, changeMembership, type Membership, recordCoreProfession, recordLeave, startMembership } from './commands.ts';
export { mailAddressOf } from './contact.ts';
export { indexName, nameKeys, soundsOf } from './names.ts';
export {
	changeName,
	changePerson,
	correctName,
	type FormerName,
	type FullName,
	type Gender,
	type PersonDetails,
	putPersonOnFile,
	recordFormerName,
} from './person-commands.ts';

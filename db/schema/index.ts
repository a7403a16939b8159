export * from './accounts.ts';
export * from './core.ts';
export * from './directory.ts';
export * from './joining.ts';
export * from './membership.ts';
export * from './payments.ts';
export * from './register.ts';
export * from './views.ts';

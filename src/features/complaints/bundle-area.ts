/** Bundles for panels. */
export { askBundleForm, askForBundle, beginBundle, openBundle, openExhibit } from './bundle-commands.ts';
export { makeBundle, makeWaitingBundles } from './bundle-make.ts';
export { bundlesView } from './bundle-view.ts';

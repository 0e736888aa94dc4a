/**
 * What an editor asks of data files while one types. Imported when it is needed, from a bundle of its own: the readers come
 * with the kernels, and the start of the editor would wait for them.
 */
export { readCsvTable } from './csvTable.ts';
export { describeData } from './prepare.ts';

/** Edits of a network's `train` settings, which stand in its own block or in the file's. */
import type { CheckedFile } from '../check.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { NetworkStatement, Setting, SettingsBlock, Value } from '../syntax.ts';
import { addSettings } from './settings.ts';
import { insertBehind } from './statements.ts';
import { replaceValues } from './values.ts';

type File = Pick<CheckedFile, 'text' | 'lets' | 'syntax' | 'networks'>;

/** Where a setting of a network is written. */
export interface WrittenSetting {
  readonly value: Value;
  /** Written where it counts for this network alone, so that it can be changed there. */
  readonly own: boolean;
}

/** The network's own setting, otherwise the file's; undefined where neither is written. */
export function writtenSetting(
  file: File,
  network: NetworkStatement,
  name: string,
): WrittenSetting | undefined {
  const own = settingIn(trainOf(network), name)?.value;
  if (own) return { value: own, own: true };
  const shared = settingIn(trainOfFile(file), name)?.value;
  return shared && { value: shared, own: file.networks.length === 1 };
}

/** Gives the network a setting. What the file says for several networks is left alone: the network's own block overrides it. */
export function setTraining(file: File, network: NetworkStatement, name: string, text: string): TextEdit[] {
  const written = writtenSetting(file, network, name);
  if (written?.own === true) return replaceValues(file, [{ value: written.value, text }]);
  const block = trainOf(network) ?? (file.networks.length === 1 ? trainOfFile(file) : undefined);
  if (block) return [addSettings(file.text, block, [{ name, value: text }])];
  const last = network.block?.lines.at(-1);
  return last ? [insertBehind(file.text, last, `train { ${name} = ${text} }`)] : [];
}

function trainOf({ block }: NetworkStatement): SettingsBlock | undefined {
  return block?.lines.find((line): line is SettingsBlock => line.type === 'train');
}

function trainOfFile({ syntax }: File): SettingsBlock | undefined {
  return syntax.statements.find((statement): statement is SettingsBlock => statement.type === 'train');
}

function settingIn(block: SettingsBlock | undefined, wanted: string): Setting | undefined {
  return block?.settings.find(({ name }) => name.text === wanted);
}

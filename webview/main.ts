/** The gradient view: what the host says goes into the store, the page draws the store, what the person wants goes back. */
// oxlint-disable-next-line import/no-unassigned-import -- the bundler finds the stylesheet by it
import './styles/page.css';
import { connectHost } from './page/host.ts';
import { Intents } from './page/intents.ts';
import { openPage } from './page/page.ts';
import { reduce } from './state/reduce.ts';
import { choicesOf, readChoices } from './state/remember.ts';
import { initialState } from './state/state.ts';
import { Store } from './state/store.ts';

const app = document.getElementById('app');
if (app === null) throw new Error('The page has no element "app".');

const host = connectHost();
const store = new Store(initialState, reduce);
const remembered = readChoices(host.remembered());
if (remembered !== undefined) store.dispatch({ type: 'remembered', remembered });
openPage(app, store, new Intents(store, (message) => host.post(message)));

let remembering: ReturnType<typeof setTimeout> | undefined;
store.subscribe(() => {
  // While a step is dragged, or a network trains, there is a change in every frame: not each is worth keeping, but one must be.
  remembering ??= setTimeout(() => {
    remembering = undefined;
    host.remember(choicesOf(store.state));
  }, 200);
});
host.listen((message) => store.dispatch({ type: 'host', message }));
host.post({ type: 'ready' });

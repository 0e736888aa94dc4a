// The npm that was started, under the Node that it belongs to. Inside an npm script the pinned Node comes first on the
// PATH, and an npm that is part of a distribution cannot run under a foreign Node.

/**
 * A command line for npm: the program, then its arguments.
 *
 * @param {string[]} args
 * @returns {[string, ...string[]]}
 */
export function npmCommand(...args) {
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  return node !== undefined && npm !== undefined && /\bnpm\b/.test(npm)
    ? [node, npm, ...args]
    : ['npm', ...args];
}

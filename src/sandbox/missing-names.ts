/** Globals, and members of built-in objects, that this server's engine has and the vendor's (Rhino 1.7.14, language version 0) lacks. */
export const missingNames: readonly string[] = [
  ...['AggregateError', 'AsyncDisposableStack', 'DOMException', 'DisposableStack', 'FinalizationRegistry'],
  ...['Map', 'Promise', 'Proxy', 'Reflect', 'Set', 'SuppressedError', 'Symbol', 'WeakMap', 'WeakRef'],
  ...['WeakSet', 'atob', 'btoa', 'performance', 'queueMicrotask'],
  ...['ArrayBuffer', 'BigInt', 'DataView', 'SharedArrayBuffer'],
  ...['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32'].map((name) => `${name}Array`),
  ...['Float16', 'Float32', 'Float64', 'BigInt64', 'BigUint64'].map((name) => `${name}Array`),
  ...[
    'entries',
    'fromEntries',
    'getOwnPropertyDescriptors',
    'groupBy',
    'hasOwn',
    'setPrototypeOf',
    'values',
  ].map((name) => `Object.${name}`),
  ...['Array.fromAsync', 'Error.isError', 'JSON.isRawJSON', 'JSON.rawJSON'],
  ...['Math.f16round', 'Math.sumPrecise', 'RegExp.escape'],
  ...[
    'at',
    'findLast',
    'findLastIndex',
    'flat',
    'flatMap',
    'toReversed',
    'toSorted',
    'toSpliced',
    'with',
  ].map((name) => `Array.prototype.${name}`),
  ...['at', 'isWellFormed', 'matchAll', 'replaceAll', 'toWellFormed'].map(
    (name) => `String.prototype.${name}`,
  ),
]
// The getters of RegExp.prototype are missing, too, but the methods of texts need them here.

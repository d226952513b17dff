const globals =
  'AggregateError AsyncDisposableStack DOMException DisposableStack FinalizationRegistry Map Promise Proxy Reflect Set Symbol ' +
  'SuppressedError WeakMap WeakRef WeakSet atob btoa performance queueMicrotask ArrayBuffer BigInt DataView SharedArrayBuffer ' +
  'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array ' +
  'BigInt64Array BigUint64Array'

/** By owner. The getters of RegExp.prototype are missing, too, but the methods of texts need them here. */
const members = {
  Object: 'entries fromEntries getOwnPropertyDescriptors groupBy hasOwn setPrototypeOf values',
  Array: 'fromAsync',
  Error: 'isError',
  JSON: 'isRawJSON rawJSON',
  Math: 'f16round sumPrecise',
  RegExp: 'escape',
  'Array.prototype': 'at findLast findLastIndex flat flatMap toReversed toSorted toSpliced with',
  'String.prototype': 'at isWellFormed matchAll replaceAll toWellFormed',
}

/** Globals, and members of built-in objects, that this server's engine has and the vendor's (Rhino 1.7.14, language version 0) lacks. */
export const missingNames: readonly string[] = [
  ...globals.split(' '),
  ...Object.entries(members).flatMap(([owner, names]) => names.split(' ').map((name) => `${owner}.${name}`)),
]

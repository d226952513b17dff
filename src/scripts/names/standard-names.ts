const words = (text: string) => text.split(' ')

/** Globals that script authors know from other places. */
export const foreignGlobals: ReadonlySet<string> = new Set(words('Buffer console fetch process setTimeout'))

/** Names of ECMAScript. Those that the vendor's engine lacks have a finding of their own. */
export const standardGlobals: ReadonlySet<string> = new Set(
  words(
    'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error ' +
      'EvalError FinalizationRegistry Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array ' +
      'Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set ' +
      'SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array ' +
      'Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape ' +
      'eval globalThis isFinite isNaN parseFloat parseInt unescape undefined',
  ),
)

/** Members of every object, and of Java maps. */
export const standardMembers: ReadonlySet<string> = new Set(
  words(
    'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf ' +
      'containsKey containsValue entrySet equals get getClass getOrDefault hashCode isEmpty keySet size ' +
      'values',
  ),
)

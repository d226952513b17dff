const words = (text: string) => text.split(' ')

/** Globals that script authors know from other places. */
export const foreignGlobals: ReadonlySet<string> = new Set(words('Buffer console fetch process setTimeout'))

/** Whether this server's engine has the global name. Those that the vendor's engine lacks have a finding of their own. */
export const isStandardGlobal = (name: string): boolean => name in globalThis && !foreignGlobals.has(name)

/** Members of every object, and of Java maps. */
export const standardMembers: ReadonlySet<string> = new Set(
  words(
    'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf ' +
      'containsKey containsValue entrySet equals get getClass getOrDefault hashCode isEmpty keySet size ' +
      'values',
  ),
)

// Java's packages as legacy scripts name them. The classes that journey scripts live on are facades in JavaScript,
// each package made when first looked into; everything else fails by its name when it is used, not when imported.
;(guest) => {
  const { kinds, raw } = guest

  /** Packages that are loaded when a script first names one of them, by the part that has them. */
  const parts = {
    'java-util': [
      'java.util',
      'java.net',
      'java.nio.charset',
      'java.security',
      'org.forgerock.json',
      'org.forgerock.util.encode',
    ],
    'java-jose': [
      'java.time',
      'java.time.temporal',
      'javax.crypto.spec',
      'org.forgerock.json.jose.builders',
      'org.forgerock.json.jose.jwe',
      'org.forgerock.json.jose.jws',
      'org.forgerock.json.jose.jws.handlers',
      'org.forgerock.json.jose.jwt',
      'org.forgerock.secrets',
      'org.forgerock.secrets.keys',
    ],
  }

  function load(packageName) {
    const part = Object.keys(parts).find((name) => parts[name].includes(packageName))
    if (part === undefined) return
    raw.part(part)(guest)
    delete parts[part]
  }

  /** By package name, what makes its classes; then the classes themselves. */
  const makers = Object.create(null)
  const made = Object.create(null)
  /** What a script may hand to JavaImporter: the full name of a class, facade or not, or of a package. */
  const fullNames = new WeakMap()

  guest.javaPackage = (name, make) => {
    makers[name] = make
  }

  /**
   * A class by what makes its values: a function, for `new`, which Java's facade lets scripts leave out. Each class
   * needs its own, as importers tell classes by what they are.
   */
  guest.javaClass = (make) =>
    function JavaClass(...args) {
      const value = make(...args)
      return new.target === undefined ? value : Object(value)
    }

  function classesOf(packageName) {
    if (made[packageName] === undefined) {
      load(packageName)
      const classes = makers[packageName] === undefined ? {} : makers[packageName]()
      for (const name of Object.keys(classes)) fullNames.set(classes[name], `${packageName}.${name}`)
      made[packageName] = classes
    }
    return made[packageName]
  }

  const isClassName = (name) => /^[A-Z]/.test(name)
  const simpleName = (fullName) => fullName.slice(fullName.lastIndexOf('.') + 1)

  function refuse(className) {
    throw new Error(`Java class "${className}" is not available: scripts run without Java`)
  }

  /** Without members: a name that nothing can be done with. */
  function placeholder(name, member) {
    const text = () => `[JavaPackage ${name}]`
    const use = () => refuse(name)
    // A function, so that calls and `new` reach the traps.
    function JavaPackage() {}
    const get = (_, key) => (key === 'toString' || key === Symbol.toPrimitive ? text : member(key))
    const held = new Proxy(JavaPackage, { apply: use, construct: use, get })
    fullNames.set(held, name)
    return held
  }

  function missingClass(name) {
    return placeholder(name, (key) => (typeof key === 'string' ? refuse(name) : undefined))
  }

  function memberOf(packageName, member) {
    if (!isClassName(member)) return packageNamed(`${packageName}.${member}`)
    const classes = classesOf(packageName)
    return Object.hasOwn(classes, member) ? classes[member] : missingClass(`${packageName}.${member}`)
  }

  function packageNamed(name) {
    return placeholder(name, (key) => (typeof key === 'string' ? memberOf(name, key) : undefined))
  }

  /** Looks a simple name up in what was imported: single classes first, then whole packages. */
  function JavaImporter(...imports) {
    const single = Object.create(null)
    const packages = []
    for (const item of imports) {
      const name = fullNames.get(item)
      if (name === undefined) throw new TypeError(`JavaImporter expects classes and packages, not ${item}`)
      if (isClassName(simpleName(name))) single[simpleName(name)] = item
      else packages.push(name)
    }
    const find = (member) => {
      if (typeof member !== 'string' || member in single) return single[member]
      const holder = packages.find((name) => Object.hasOwn(classesOf(name), member))
      return holder === undefined ? undefined : classesOf(holder)[member]
    }
    return new Proxy(Object.create(null), {
      has: (_, member) => find(member) !== undefined,
      get(_, member) {
        const found = find(member)
        return found === undefined && typeof member === 'string' && isClassName(member)
          ? refuse(member)
          : found
      },
    })
  }

  const topLevel = placeholder('Packages', (key) => (typeof key === 'string' ? packageNamed(key) : undefined))

  guest.expose(kinds.legacy, 'JavaImporter', () => JavaImporter)
  guest.expose(kinds.legacy, 'Packages', () => topLevel)
  for (const root of ['java', 'javax', 'org', 'com']) {
    guest.expose(kinds.legacy, root, () => packageNamed(root))
  }
  for (const name of ['importClass', 'importPackage']) {
    guest.expose(kinds.legacy, name, () => () => {
      throw new Error(`${name} is not available: use JavaImporter`)
    })
  }
}

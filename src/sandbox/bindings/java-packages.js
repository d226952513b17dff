// Java packages. The classes that journey scripts need are JavaScript facades, created per package on first use. Other
// classes can be imported, and fail with their name when they are used. Next-generation scripts have only a few of them.
;(guest) => {
  const { hasOwn, NativeProxy, toPrimitive } = guest.builtins
  const { kinds, raw } = guest
  const { getOwnPropertyNames: ownNames, setPrototypeOf } = Object

  const words = (text) => text.split(' ')

  /** On-demand packages, by the part of the bindings that contains them. */
  const parts = {
    'java-util': words(
      'java.util java.net java.nio.charset org.forgerock.json org.forgerock.oauth2.core.exceptions org.forgerock.util.encode',
    ),
    'java-jose': [
      ...words('jwk builders jwe jws jws.handlers jwt').map((name) => `org.forgerock.json.jose.${name}`),
      ...['org.forgerock.secrets', 'org.forgerock.secrets.keys'],
    ],
    'java-crypto': words(
      'java.io java.security javax.crypto javax.crypto.spec org.forgerock.openam.shared.security',
    ),
    'java-time': words('java.text java.time java.time.format java.time.temporal java.util.concurrent'),
  }

  /** The classes of next-generation scripts, as on the vendor's engine, and Map, which is a type of `systemEnv`. */
  const allowed = {
    'java.lang': words(
      'Boolean Byte Character Double Float Integer Long Math Number Object Short StrictMath String',
    ),
    'java.util': words('ArrayList Collections Date HashSet LinkedHashSet LinkedList List Map TreeSet'),
    'java.util.concurrent': ['TimeUnit'],
    'org.forgerock.json': ['JsonValue'],
  }
  const isLegacy = () => kinds.legacy.includes(guest.input.kind)
  const isAllowed = (packageName, name) => isLegacy() || (allowed[packageName] || []).includes(name)

  function load(packageName) {
    const part = Object.keys(parts).find((name) => parts[name].includes(packageName))
    if (part === undefined) return
    raw.part(part)(guest)
    delete parts[part]
  }

  /** Package contents by name: a function that creates the classes, then the classes. */
  const makers = Object.create(null)
  const made = Object.create(null)
  /** Full names of the classes and packages that a script can pass to JavaImporter. */
  const fullNames = new WeakMap()

  guest.javaPackage = (name, make) => {
    makers[name] = make
  }

  /**
   * Creates a class from the function that makes its values. Scripts may leave out `new`. Each class needs a function
   * of its own, because importers identify classes by it.
   * @param methods prototype of what `new` makes of a text.
   */
  guest.javaClass = (make, methods) =>
    function JavaClass(...args) {
      const value = make(...args)
      if (new.target === undefined) return value
      return methods === undefined ? Object(value) : setPrototypeOf(Object(value), methods)
    }

  /** Classes are functions there, and no objects of JavaScript. */
  const classMethods = guest.hidden(Object.create(null), {
    toString() {
      return `[JavaClass ${fullNames.get(this)}]`
    },
  })

  function classesOf(packageName) {
    if (made[packageName] === undefined) {
      load(packageName)
      const classes = makers[packageName] === undefined ? {} : makers[packageName]()
      for (const name of Object.keys(classes)) {
        const fullName = `${packageName}.${name}`
        const own = classes[name]
        const asFunction = typeof own === 'function' ? own : Object.assign(() => refuse(fullName), own)
        classes[name] = setPrototypeOf(asFunction, classMethods)
        fullNames.set(asFunction, fullName)
      }
      made[packageName] = classes
    }
    return made[packageName]
  }

  const isClassName = (name) => /^[A-Z]/.test(name)
  const simpleName = (fullName) => fullName.slice(fullName.lastIndexOf('.') + 1)

  function refuse(className) {
    if (!isLegacy()) {
      throw new Error(`Java class "${className}" is not available in next-generation scripts`)
    }
    throw new Error(`Java class "${className}" is not available: scripts run without Java`)
  }

  /** A class or package without a facade. Every use of it throws. */
  function placeholder(name, member, names = () => []) {
    const text = () => `[JavaPackage ${name}]`
    const use = () => refuse(name)
    // Of classes a function, so that the proxy traps calls and `new`.
    const target = isClassName(simpleName(name)) && name !== 'Packages' ? function JavaPackage() {} : {}
    const get = (_, key) => (key === 'toString' || key === toPrimitive ? text : member(key))
    const ownKeys = (on) => (typeof on === 'function' ? ownNames(on) : names())
    const held = new NativeProxy(target, { apply: use, construct: use, get, ownKeys })
    fullNames.set(held, name)
    return held
  }

  function missingClass(name) {
    return placeholder(name, (key) => (typeof key === 'string' ? refuse(name) : undefined))
  }

  function memberOf(packageName, member) {
    if (!isClassName(member)) return packageNamed(`${packageName}.${member}`)
    const classes = classesOf(packageName)
    return hasOwn(classes, member) && isAllowed(packageName, member)
      ? classes[member]
      : missingClass(`${packageName}.${member}`)
  }

  function packageNamed(name) {
    const names = () => Object.keys(classesOf(name)).filter((each) => isAllowed(name, each))
    return placeholder(name, (key) => (typeof key === 'string' ? memberOf(name, key) : undefined), names)
  }

  /** Looks up a simple name in the imports: single classes first, then packages. */
  function JavaImporter(...imports) {
    const single = Object.create(null)
    const packages = []
    function add(...items) {
      for (const item of items) {
        const name = fullNames.get(item)
        if (name === undefined) throw new TypeError(`JavaImporter expects classes and packages, not ${item}`)
        if (isClassName(simpleName(name))) single[simpleName(name)] = item
        else packages.push(name)
      }
    }
    add(...imports)
    const own = { importPackage: add, importClass: add, toString: () => '[object JavaImporter]' }
    const find = (member) => {
      if (typeof member !== 'string' || member in single) return single[member]
      const holder = packages.find((name) => hasOwn(classesOf(name), member) && isAllowed(name, member))
      return holder === undefined ? undefined : classesOf(holder)[member]
    }
    return new NativeProxy(single, {
      has: (_, member) => find(member) !== undefined,
      get(_, member) {
        const found = find(member)
        if (found !== undefined || hasOwn(own, member)) return found ?? own[member]
        return packages.length > 0 && typeof member === 'string' && isClassName(member)
          ? refuse(member)
          : found
      },
    })
  }

  const topLevel = placeholder('Packages', (key) => (typeof key === 'string' ? packageNamed(key) : undefined))

  /** The full name of a class, such as `java.lang.Integer`. */
  guest.className = (value) => fullNames.get(value)
  guest.exposeConstant(kinds.all, 'JavaImporter', JavaImporter)
  guest.exposeConstant(kinds.all, 'Packages', topLevel)
  for (const root of ['java', 'org']) guest.expose(kinds.all, root, () => packageNamed(root))
  for (const root of ['javax', 'com']) guest.expose(kinds.legacy, root, () => packageNamed(root))
}

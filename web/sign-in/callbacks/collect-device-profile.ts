/** What is told of a device. Source: "DeviceProfileCallback", and what the vendor's SDK for browsers tells. */
export type DeviceProfile = {
  /** Made up once, and kept in this browser. */
  identifier: string
  metadata?: Record<string, Record<string, unknown>>
  location?: { latitude?: number; longitude?: number }
}

const names = {
  browser: ['userAgent', 'appName', 'appCodeName', 'appVersion', 'appMinorVersion', 'buildID', 'product'],
  vendor: ['productSub', 'vendor', 'vendorSub', 'browserLanguage'],
  hardware: ['cpuClass', 'deviceMemory', 'hardwareConcurrency', 'maxTouchPoints', 'oscpu'],
  platform: ['language', 'platform', 'userLanguage', 'systemLanguage'],
  display: ['width', 'height', 'pixelDepth'],
}

/** The same fonts as the SDK's, so that a profile of the one fits a profile of the other. */
const fonts = [
  ...['cursive', 'monospace', 'serif', 'sans-serif', 'fantasy', 'Arial', 'Arial Black', 'Arial Narrow'],
  ...['Arial Rounded MT Bold', 'Bookman Old Style', 'Bradley Hand ITC', 'Century', 'Century Gothic'],
  ...['Comic Sans MS', 'Courier', 'Courier New', 'Georgia', 'Gentium', 'Impact', 'King', 'Lucida Console'],
  ...['Lalit', 'Modena', 'Monotype Corsiva', 'Papyrus', 'Tahoma', 'TeX', 'Times', 'Times New Roman'],
  ...['Trebuchet MS', 'Verdana', 'Verona'],
]

/** Milliseconds that the device gets to find out where it is. */
const locationTimeout = 30_000

export async function collectProfile(wanted: {
  metadata: boolean
  location: boolean
}): Promise<DeviceProfile> {
  return {
    identifier: identifier(),
    ...(wanted.metadata ? { metadata: metadata() } : {}),
    ...(wanted.location ? { location: await location() } : {}),
  }
}

function metadata(): Record<string, Record<string, unknown>> {
  const display = { ...membersOf(screen, names.display), angle: screen.orientation?.angle ?? '' }
  return {
    hardware: { ...membersOf(navigator, names.hardware), display },
    browser: {
      ...membersOf(navigator, [...names.browser, ...names.vendor]),
      plugins: [...(navigator.plugins ?? [])].map(({ filename }) => `${filename};`).join(''),
    },
    platform: {
      ...membersOf(navigator, names.platform),
      deviceName: deviceName(),
      fonts: installedFonts(),
      timezone: new Date().getTimezoneOffset(),
    },
  }
}

/** Members that a browser does not have are null: a profile of another browser differs in them. */
function membersOf(source: object, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(members.map((name) => [name, Reflect.get(source, name) ?? null]))
}

function identifier(): string {
  const key = 'sidegate-device'
  const made = crypto.getRandomValues(new Uint32Array(3)).join('-')
  try {
    const kept = localStorage.getItem(key) ?? made
    localStorage.setItem(key, kept)
    return kept
  } catch {
    return made
  }
}

function deviceName(): string {
  const { platform, userAgent } = navigator
  if (/^Mac/.test(platform)) return 'Mac (Browser)'
  if (/^iP(hone|ad|od)/.test(platform)) return `${platform} (Browser)`
  if (/^Win/.test(platform)) return 'Windows (Browser)'
  if (/Android/.test(`${platform} ${userAgent}`)) return 'Android (Browser)'
  if (/CrOS|Chromebook/.test(userAgent)) return 'Chrome OS (Browser)'
  return `${/Linux/.test(platform) ? 'Linux' : platform || 'Unknown'} (Browser)`
}

/** A font that is there makes a text as wide as no other. */
function installedFonts(): string {
  const pen = document.createElement('canvas').getContext('2d')
  if (pen === null) return ''
  const widthIn = (font: string) => {
    pen.font = `72px ${font}`
    return pen.measureText('abcdefghi0123456789').width
  }
  const bare = widthIn('Comic Sans')
  return fonts
    .filter((font) => widthIn(`${font}, Comic Sans`) !== bare)
    .map((font) => `${font};`)
    .join('')
}

/** Nothing where the person, or the device, does not say. */
function location(): Promise<NonNullable<DeviceProfile['location']>> {
  return new Promise((resolve) => {
    if (navigator.geolocation === undefined) return resolve({})
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve({ latitude, longitude }),
      () => resolve({}),
      { enableHighAccuracy: true, timeout: locationTimeout, maximumAge: 0 },
    )
  })
}

/** Source: "DeviceProfileCallback" and the vendor's JavaScript SDK. */
export type DeviceProfile = {
  /** Random, stored in this browser. */
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

/** The SDK's list of fonts, so that profiles are comparable. */
const fonts = [
  ...['cursive', 'monospace', 'serif', 'sans-serif', 'fantasy', 'Arial', 'Arial Black', 'Arial Narrow'],
  ...['Arial Rounded MT Bold', 'Bookman Old Style', 'Bradley Hand ITC', 'Century', 'Century Gothic'],
  ...['Comic Sans MS', 'Courier', 'Courier New', 'Georgia', 'Gentium', 'Impact', 'King', 'Lucida Console'],
  ...['Lalit', 'Modena', 'Monotype Corsiva', 'Papyrus', 'Tahoma', 'TeX', 'Times', 'Times New Roman'],
  ...['Trebuchet MS', 'Verdana', 'Verona'],
]

/** Milliseconds. */
const locationTimeout = 30_000

export async function collectProfile(parts: {
  metadata: boolean
  location: boolean
}): Promise<DeviceProfile> {
  return {
    identifier: identifier(),
    ...(parts.metadata ? { metadata: metadata() } : {}),
    ...(parts.location ? { location: await location() } : {}),
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

/** Missing members are null, as in the SDK. */
function membersOf(source: object, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(members.map((name) => [name, Reflect.get(source, name) ?? null]))
}

function identifier(): string {
  const key = 'sidegate-device'
  const made = crypto.getRandomValues(new Uint32Array(3)).join('-')
  try {
    const stored = localStorage.getItem(key) ?? made
    localStorage.setItem(key, stored)
    return stored
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

/** Detects fonts by the width of a text. */
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

/** Empty if the person or the device refuses. */
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

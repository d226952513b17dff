// Saved device profiles, for scripts that decide whether a device is known.
;(guest) => {
  const { call, javaValue, list } = guest

  /** Legacy scripts pass wrapped values of node state. */
  const text = (value) => (value && typeof value.asString === 'function' ? value.asString() : `${value}`)

  const dao = (wrap) => ({
    getDeviceProfiles: (username, realm) =>
      list(call('deviceProfilesDao.getDeviceProfiles', text(username), text(realm)).map(wrap)),
    saveDeviceProfiles(username, realm, profiles) {
      call('deviceProfilesDao.saveDeviceProfiles', text(username), text(realm), [...profiles])
    },
  })

  guest.expose(['deviceMatch'], 'deviceProfilesDao', () => dao((profile) => javaValue(profile)))
  guest.expose(['legacyDeviceMatch'], 'deviceProfilesDao', () => dao((profile) => guest.jsonValue(profile)))
}

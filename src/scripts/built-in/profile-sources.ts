/**
 * Source members of each member of a normalized profile: `a/b` is member `b` of member `a`. The first one with a value is
 * used.
 */
type ProfileTable = Readonly<Record<string, readonly string[]>>

/** Claims of OpenID Connect Core 5.1, with the email address as username. */
const openIdConnect: ProfileTable = {
  id: ['sub'],
  displayName: ['name'],
  givenName: ['given_name'],
  familyName: ['family_name'],
  photoUrl: ['picture'],
  email: ['email'],
  username: ['email'],
  locale: ['locale'],
}

/** Identity providers by name, with the documented members of their profiles. */
const providerTables: Readonly<Record<string, ProfileTable>> = {
  Amazon: { id: ['user_id'], displayName: ['name'], email: ['email'], username: ['email'] },
  Facebook: {
    id: ['id'],
    displayName: ['name'],
    givenName: ['first_name'],
    familyName: ['last_name'],
    photoUrl: ['picture/data/url'],
    email: ['email'],
    username: ['email'],
  },
  GitHub: {
    id: ['id'],
    displayName: ['name'],
    givenName: ['name'],
    familyName: ['name'],
    photoUrl: ['avatar_url'],
    email: ['email'],
    username: ['login'],
  },
  Google: openIdConnect,
  Instagram: { id: ['id'], username: ['username'] },
  Itsme: {
    ...openIdConnect,
    phone: ['phone_number'],
    postalAddress: ['address/street_address'],
    addressLocality: ['address/locality'],
    postalCode: ['address/postal_code'],
    country: ['address/country'],
  },
  LINE: { id: ['sub'], displayName: ['name'], photoUrl: ['picture'], email: ['email'], username: ['email'] },
  LinkedIn: {
    id: ['sub', 'id'],
    displayName: ['name'],
    givenName: ['given_name', 'localizedFirstName'],
    familyName: ['family_name', 'localizedLastName'],
    photoUrl: ['picture'],
    email: ['email', 'emailAddress'],
    username: ['email', 'emailAddress'],
  },
  Microsoft: {
    id: ['id'],
    displayName: ['displayName'],
    givenName: ['givenName'],
    familyName: ['surname'],
    email: ['userPrincipalName'],
    username: ['userPrincipalName'],
  },
  Salesforce: {
    id: ['user_id', 'sub'],
    displayName: ['name', 'display_name'],
    givenName: ['given_name', 'first_name'],
    familyName: ['family_name', 'last_name'],
    photoUrl: ['picture', 'photos/picture'],
    email: ['email'],
    username: ['email'],
    locale: ['locale'],
  },
  Twitter: {
    id: ['id_str', 'id'],
    displayName: ['name'],
    photoUrl: ['profile_image_url_https', 'profile_image_url'],
    email: ['email'],
    username: ['screen_name', 'username'],
  },
  VKontakte: {
    id: ['id'],
    givenName: ['first_name'],
    familyName: ['last_name'],
    photoUrl: ['photo_50'],
    email: ['email'],
    username: ['email'],
  },
  WeChat: {
    id: ['openid'],
    displayName: ['nickname'],
    photoUrl: ['headimgurl'],
    username: ['nickname'],
    country: ['country'],
  },
  WordPress: {
    id: ['ID'],
    displayName: ['display_name'],
    photoUrl: ['avatar_URL'],
    email: ['email'],
    username: ['username'],
  },
  Yahoo: openIdConnect,
}

/** A legacy transformation script that maps `rawProfile` with a table. */
export function normalizationSource(provider: string): string {
  return `// Turns a profile of ${provider} into the form that all identity providers share.
${byTable('rawProfile', providerTables[provider] ?? openIdConnect, '')}`
}

/** Apple sends the name only at the first sign-in, and an address that the person chose. */
export const appleSource = `// Turns a profile of Apple into the form that all identity providers share.
(function () {
  var JsonValue = JavaImporter(org.forgerock.json.JsonValue).JsonValue;
  var profile = JsonValue.json(JsonValue.object());
  var first = rawProfile.get('name').get('firstName');
  var last = rawProfile.get('name').get('lastName');
  var email = rawProfile.get('email');
  var parts = [first, last].filter(function (part) {
    return part.isString() && part.asString().trim() !== '';
  });
  if (!email.isString()) {
    throw new Error('Email is required');
  }
  profile.put('id', rawProfile.get('sub'));
  profile.put('displayName', parts.length === 0 ? ' ' : parts.map(function (part) { return part.asString(); }).join(' '));
  profile.put('email', email);
  profile.put('username', email);
  if (first.isString()) {
    profile.put('givenName', first);
  }
  if (last.isString()) {
    profile.put('familyName', last);
  }
  return profile;
}());
`

const blankNames = `
  var isBlank = function (value) {
    return !value.isString() || value.asString().trim() === '';
  };
  sharedState.put(
    'nameEmptyOrNull',
    isBlank(normalizedProfile.get('givenName')) && isBlank(normalizedProfile.get('familyName'))
  );`

export const managedUserSource = `// Gives a normalized profile the attribute names of a managed user.
${byTable(
  'normalizedProfile',
  {
    givenName: ['givenName'],
    sn: ['familyName'],
    mail: ['email'],
    userName: ['username'],
    postalAddress: ['postalAddress'],
    city: ['addressLocality'],
    stateProvince: ['addressRegion'],
    postalCode: ['postalCode'],
    country: ['country'],
    telephoneNumber: ['phone'],
  },
  blankNames,
)}`

export const identitySource = `// Gives a normalized profile the attribute names of an identity.
${byTable(
  'normalizedProfile',
  {
    givenName: ['givenName'],
    sn: ['familyName'],
    cn: ['displayName'],
    mail: ['email'],
    userName: ['username'],
  },
  blankNames,
)}`

function byTable(from: string, table: ProfileTable, also: string): string {
  const lines = Object.entries(table).map(([name, places]) => `    ${name}: ${JSON.stringify(places)}`)
  return `(function () {
  var sources = {
${lines.join(',\n')}
  };
  var JsonValue = JavaImporter(org.forgerock.json.JsonValue).JsonValue;
  var profile = JsonValue.json(JsonValue.object());
  var valueAt = function (place) {
    return place.split('/').reduce(function (value, member) {
      return value.get(member);
    }, ${from});
  };
  Object.keys(sources).forEach(function (name) {
    var values = sources[name].map(valueAt).filter(function (value) {
      return value.isNotNull() && !(value.isString() && value.asString() === '');
    });
    if (values.length > 0) {
      profile.put(name, values[0]);
    }
  });${also}
  return profile;
}());
`
}

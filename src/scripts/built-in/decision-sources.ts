/** The starting point for a decision script. */
export const decisionSource = `// A starting point: set 'outcome' to one of the outcomes of the node.
outcome = 'true';
`

/** The starting point for a script of a Config Provider node. */
export const configSource = `// A starting point: set 'config' to the settings of the node that this node imitates.
config = {};
`

const comparison = `
// Decides whether the person saved this device, and whether it is unchanged.
var maximumDifferences = 0;
var daysUntilForgotten = 30;

function differences(one, other) {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') {
    return one === other ? 0 : 1;
  }
  var names = Object.keys(one).concat(Object.keys(other).filter(function (name) { return !(name in one); }));
  return names.reduce(function (count, name) { return count + differences(one[name], other[name]); }, 0);
}
`

/** Compares the collected device with the saved ones. Written for the legacy engine. */
export const legacyDeviceMatchSource = `${comparison.trimStart()}
var incoming = JSON.parse(sharedState.get('forgeRock.device.profile').toString());
var username = sharedState.get('username').asString();
var realm = sharedState.get('realm').asString();
var saved = deviceProfilesDao.getDeviceProfiles(username, realm);
var now = new Date().getTime();

outcome = 'unknownDevice';
for (var i = 0; saved !== null && i < saved.size(); i += 1) {
  var device = JSON.parse(saved.get(i));
  if (device.identifier === incoming.identifier && device.metadata) {
    var isFresh = device.lastSelectedDate + daysUntilForgotten * 86400000 >= now;
    var isSame = differences(device.metadata, incoming.metadata) <= maximumDifferences;
    outcome = isFresh && isSame ? 'true' : 'false';
    if (outcome === 'true') {
      saved.get(i).put('lastSelectedDate', now);
      deviceProfilesDao.saveDeviceProfiles(username, realm, saved);
    }
    break;
  }
}
`

/** The same comparison for the next-generation engine. */
export const deviceMatchSource = `${comparison.trimStart()}
var incoming = nodeState.get('forgeRock.device.profile');
var username = nodeState.get('username');
var saved = deviceProfilesDao.getDeviceProfiles(username, realm);
var now = new Date().getTime();

outcome = 'unknownDevice';
for (var i = 0; saved !== null && i < saved.size(); i += 1) {
  var device = saved.get(i);
  if (device.get('identifier') === incoming.identifier && device.get('metadata')) {
    var isFresh = device.get('lastSelectedDate') + daysUntilForgotten * 86400000 >= now;
    var isSame = differences(device.get('metadata'), incoming.metadata) <= maximumDifferences;
    outcome = isFresh && isSame ? 'true' : 'false';
    if (outcome === 'true') {
      device.lastSelectedDate = now;
      deviceProfilesDao.saveDeviceProfiles(username, realm, saved);
    }
    break;
  }
}
`

/** Authentication modules don't run on this server, so their scripts do nothing. */
export const moduleSource = `// Scripts of authentication modules do not run here: use a journey with a Device Match node.
`

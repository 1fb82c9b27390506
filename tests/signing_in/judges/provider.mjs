// A certified OpenID provider on loopback, with one client that knows the desk:
// node provider.mjs FOLDER-OF-NODE-MODULES PORT DESK-URL
const [folder, port, desk] = process.argv.slice(2);
const { Provider } = await import(`${folder}/node_modules/oidc-provider/lib/index.js`);

const people = {
  helen: { preferred_username: "helen-marsh", name: "Helen Marsh", groups: ["forthwith-auditors"] },
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: "forthwith",
    client_secret: "between us",
    redirect_uris: [`${desk}/sign-in/provider/answer`],
    post_logout_redirect_uris: [`${desk}/sign-in?signed-out`],
    backchannel_logout_uri: `${desk}/sign-in/provider/signed-out`,
    backchannel_logout_session_required: true,
  }],
  claims: { openid: ["sub"], profile: ["preferred_username", "name", "groups"] },
  cookies: { keys: ["a key for tests and nowhere else"] },
  features: { backchannelLogout: { enabled: true } },
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }), // else it refuses to call loopback
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  pkce: { required: () => true },
});
provider.on("backchannel.error", (_, error) => console.error("backchannel", error));
provider.on("server_error", (_, error) => console.error("server_error", error));
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));

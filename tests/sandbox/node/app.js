// The app of ../bolt_app.py, with Bolt for JavaScript. Its only argument says where Slack is, and who the app is.
// When it listens it prints a line: {"port": …}, null over Socket Mode.

const { App } = require("@slack/bolt");

const told = JSON.parse(process.argv[2]);
const clientOptions = { slackApiUrl: told.api };
const way = told.socket
  ? { socketMode: true, appToken: told.appToken, installerOptions: { clientOptions } }
  : { signingSecret: told.secret, endpoints: told.path };
const app = new App({ token: told.token, clientOptions, logLevel: "error", ...way });

app.command("/note", async ({ ack, command, client }) => {
  await ack();
  await client.views.open({
    trigger_id: command.trigger_id,
    view: { ...told.form, private_metadata: command.channel_id },
  });
});

app.view("note", async ({ ack, view, client }) => {
  const text = view.state.values.note.text.value;
  if (text === "nothing") {
    await ack({ response_action: "errors", errors: { note: "Say something." } });
    return;
  }
  await ack();
  const button = { type: "button", action_id: "done", text: { type: "plain_text", text: "Done" } };
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text } },
    { type: "actions", elements: [button] },
  ];
  await client.chat.postMessage({ channel: view.private_metadata, text, blocks });
});

app.action("done", async ({ ack, body, respond }) => {
  await ack();
  await respond({ text: `Done by <@${body.user.id}>`, replace_original: true });
});

app.event("app_mention", async ({ event, client }) => {
  const file = { channel_id: event.channel, filename: "notes.txt", content: "one\n", initial_comment: "All" };
  await client.filesUploadV2(file);
});

app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: told.home });
});

// Whoever started it is gone when nothing more can come from there.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));

app.start(told.socket ? undefined : 0).then((server) => {
  const port = told.socket ? null : server.address().port;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});

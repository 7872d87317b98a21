// The words of the page itself, Japanese first. What apps and people write is
// shown as it comes; only the frame around it is translated.

const WORDS = {
  skip: ["本文へ移動", "Skip to content"],
  workspace: ["手元のワークスペース", "Local workspace"],
  workspaceNote: ["練習用・外部には送信されません", "For practice; nothing leaves this machine"],
  loading: ["読み込んでいます…", "Loading…"],
  offline: ["サーバーにつながりません。再接続しています…", "The server cannot be reached. Reconnecting…"],
  language: ["English", "日本語"],
  languageLabel: ["表示を英語に切り替える", "Switch the page to Japanese"],

  whoTitle: ["だれとして使いますか", "Who are you?"],
  whoSearch: ["名前・ふりがな・メールで探す", "Search by name, reading or e-mail"],
  whoSwitch: ["人を切り替える", "Switch person"],
  whoNow: ["{name} として操作中", "Acting as {name}"],
  whoNone: ["見つかりません", "Nobody found"],
  whoHint: ["タブごとに別の人になれます。", "Each browser tab can be another person."],
  deactivated: ["停止中", "deactivated"],
  guest: ["ゲスト", "guest"],
  outsider: ["社外", "external"],
  app: ["アプリ", "app"],
  you: ["自分", "you"],

  channels: ["チャンネル", "Channels"],
  directMessages: ["ダイレクトメッセージ", "Direct messages"],
  apps: ["アプリ", "Apps"],
  newMessage: ["新しいメッセージ", "New message"],
  start: ["開始", "Start"],
  unreadCount: ["未読 {n} 件", "{n} unread"],
  members: ["{n} 人", "{n} members"],
  back: ["戻る", "Back"],
  navigation: ["チャンネルと宛先", "Channels and people"],

  home: ["ホーム", "Home"],
  messages: ["メッセージ", "Messages"],
  homeEmpty: ["このアプリはまだホームを表示していません。", "This app has not published a Home yet."],
  noPlace: ["左の一覧から、チャンネルか相手を選んでください。", "Choose a channel or a person from the list."],
  empty: ["まだメッセージはありません。", "No messages yet."],
  conversation: ["{name} の会話", "Conversation: {name}"],
  newBelow: ["新着メッセージ", "New messages"],
  newFrom: ["{where} に新しいメッセージがあります", "New message in {where}"],

  thread: ["スレッド", "Thread"],
  replies: ["{n} 件の返信", "{n} replies"],
  oneReply: ["1 件の返信", "1 reply"],
  alsoInChannel: ["チャンネルにも投稿されました", "Also sent to the channel"],
  close: ["閉じる", "Close"],

  write: ["{where} へのメッセージ", "Message {where}"],
  writeReply: ["返信を書く", "Reply"],
  send: ["送信", "Send"],
  attach: ["ファイルを添付", "Attach a file"],
  shortcuts: ["ショートカット", "Shortcuts"],
  noShortcuts: ["ショートカットはありません", "No shortcuts"],
  insertEmoji: ["絵文字を入れる", "Insert emoji"],
  composerHint: ["Enter で送信、Shift+Enter で改行、/ でコマンド", "Enter sends, Shift+Enter breaks the line, / lists commands"],
  cannotWrite: ["ここには書き込めません。", "You cannot write here."],
  suggestions: ["入力の候補", "Suggestions"],

  noCommandInThread: ["{command} はスレッドの中では使えません。", "{command} is not supported in threads."],
  archived: ["このチャンネルは保管されています。", "This channel is archived."],
  notMember: ["{name} に参加していません。", "You are not in {name}."],
  join: ["参加する", "Join"],
  older: ["以前のメッセージを表示", "Show earlier messages"],
  startIm: ["{name} さんとの会話のはじまりです。", "The beginning of your conversation with {name}."],
  startChannel: ["{name} のはじまりです。", "The beginning of {name}."],
  otherChannels: ["参加していないチャンネル", "Channels to join"],

  onlyYou: ["あなただけに表示されています", "Only visible to you"],
  edited: ["（編集済み）", "(edited)"],
  deletedMessage: ["このメッセージは削除されました。", "This message was deleted."],
  more: ["その他の操作", "More actions"],
  reply: ["スレッドで返信", "Reply in thread"],
  addReaction: ["リアクション", "Add reaction"],
  copyLink: ["リンクをコピー", "Copy link"],
  copied: ["コピーしました", "Copied"],
  edit: ["編集", "Edit"],
  remove: ["削除", "Delete"],
  removeTitle: ["メッセージを削除しますか", "Delete this message?"],
  removeText: ["元に戻せません。", "This cannot be undone."],
  save: ["保存", "Save"],
  cancel: ["キャンセル", "Cancel"],
  reactionCount: ["{name} {n} 件", "{name}, {n}"],

  submit: ["送信", "Submit"],
  discardTitle: ["入力した内容を破棄しますか", "Discard what you entered?"],
  discardText: ["閉じると、入力した内容は失われます。", "Closing loses what you have entered."],
  discard: ["破棄して閉じる", "Discard"],
  keepEditing: ["入力を続ける", "Keep editing"],
  optional: ["（任意）", "(optional)"],
  yes: ["はい", "Yes"],
  troubleConnecting: ["うまく接続できませんでした。もう一度お試しください。", "We had some trouble connecting. Try again?"],
  appAway: ["アプリが応答していません。起動しているか確かめてください。", "The app is not listening. Is it running?"],
  unknownCommand: ["{command} は登録されていないコマンドです。", "{command} is not a valid command."],
  messageGone: ["このメッセージはもうありません。", "This message is not there any more."],
  formGone: ["この画面はもう開いていません。", "This form is not open any more."],
  messageTooLong: ["メッセージが長すぎます。分けて送ってください。", "This message is too long."],
  dismiss: ["表示を消す", "Dismiss"],
  failed: ["実行できませんでした（{code}）", "That did not work ({code})"],
  fixErrors: ["入力内容を確認してください（{n} か所）", "Please check your input ({n} places)"],

  needed: ["入力してください。", "Please fill this in."],
  choose: ["選択してください", "Select…"],
  noMatch: ["該当なし", "No matches"],
  typeMore: ["あと {n} 文字以上入力してください", "Type at least {n} more characters"],
  unpick: ["{name} を外す", "Remove {name}"],
  clear: ["選択を解除", "Clear selection"],
  tooMany: ["選べるのは {n} 件までです。", "Choose at most {n}."],
  tooShort: ["{n} 文字以上で入力してください。", "Use at least {n} characters."],
  tooLong: ["{n} 文字以内で入力してください。", "Use at most {n} characters."],
  badEmail: ["メールアドレスの形で入力してください。", "Enter an e-mail address."],
  badURL: ["https:// から始まる URL を入力してください。", "Enter a URL beginning with https://"],
  badNumber: ["数字で入力してください。", "Enter a number."],
  noDecimal: ["整数で入力してください。", "Enter a whole number."],
  tooSmall: ["{n} 以上の数を入力してください。", "Enter {n} or more."],
  tooLarge: ["{n} 以下の数を入力してください。", "Enter {n} or less."],
  badFileType: ["このファイルの種類は選べません（{types}）。", "This file type is not accepted ({types})."],
  fileTooLarge: ["10 MB 以下のファイルを選んでください。", "Choose files of up to 10 MB."],
  pickFiles: ["ファイルを選ぶ", "Choose files"],
  charactersLeft: ["あと {n} 文字", "{n} characters left"],

  bold: ["太字", "Bold"],
  italic: ["斜体", "Italic"],
  strike: ["取り消し線", "Strikethrough"],
  bulletList: ["箇条書き", "Bulleted list"],
  orderedList: ["番号付きリスト", "Numbered list"],
  formatting: ["書式", "Formatting"],

  clock: ["時計", "Clock"],
  clockNow: ["プログラム上の現在時刻", "The programme's time now"],
  plusHour: ["+1時間", "+1 h"],
  nextMorning: ["翌朝9時", "Next morning"],
  toDate: ["日時を指定…", "To a date…"],
  nextDue: ["次の予定へ", "Next thing due"],
  moveTo: ["この日時へ進める", "Move the clock"],
  clockMoving: ["時計を進めています…", "Moving the clock…"],
  clockMoved: ["時計を {when} に進めました", "The clock now says {when}"],
  clockUnsettled: ["時計は進みましたが、まだ処理が続いています", "The clock has moved; work is still going on"],
  clockBack: ["時計は戻せません。先の日時を選んでください。", "The clock only goes forward."],

  tools: ["開発者ツール", "Developer tools"],
  log: ["通信の記録", "Protocol log"],
  reload: ["更新", "Reload"],
  faults: ["障害を起こす", "Cause a fault"],
  faultLimit: ["次の投稿を 429 に", "429 on the next post"],
  faultLost: ["次の投稿の応答を失う", "Lose the next post's answer"],
  faultDrop: ["接続を切る", "Drop the connection"],
  faultRedeliver: ["次の配信を二重に", "Redeliver the next event"],
  faultClear: ["障害をやめる", "Clear faults"],
  done: ["実行しました", "Done"],

  download: ["ダウンロード", "Download"],
  imageOf: ["画像: {name}", "Image: {name}"],
  blockedImage: ["外部の画像は表示しません: {name}", "Outside image not shown: {name}"],
  unknownBlock: ["この種類（{type}）は表示できません", "Cannot show a block of type {type}"],
  sources: ["参照", "Sources"],
  category: ["項目", "Category"],
  today: ["今日", "Today"],
  yesterday: ["昨日", "Yesterday"],
  good: ["良い", "Good"],
  bad: ["良くない", "Bad"],
};

let language = "ja";

export function setLanguage(next) {
  language = next === "en" ? "en" : "ja";
  document.documentElement.lang = language;
}

export function getLanguage() {
  return language;
}

/** The words for a key, with {name} replaced from args. */
export function t(key, args = {}) {
  const pair = WORDS[key];
  const text = pair ? pair[language === "en" ? 1 : 0] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
}

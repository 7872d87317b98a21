// Slack's short names for the emoji that people and apps commonly use.
// A name that is not here is shown as it was typed, between its colons.

const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩 kissing_heart 😘
yum 😋 stuck_out_tongue 😛 hugging_face 🤗 thinking_face 🤔 neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒
relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁
open_mouth 😮 astonished 😲 flushed 😳 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 angry 😠 rage 😡
bow 🙇 man-bowing 🙇‍♂️ woman-bowing 🙇‍♀️ raising_hand 🙋 ok_woman 🙆 no_good 🙅 shrug 🤷 face_palm 🤦 person_frowning 🙍
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 handshake 🤝 wave 👋 muscle 💪 point_right 👉
point_left 👈 point_up ☝️ point_up_2 👆 point_down 👇 v ✌️ fist ✊ hand ✋ raised_hand ✋ crossed_fingers 🤞 writing_hand ✍️ eyes 👀 bulb 💡
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 two_hearts 💕 sparkling_heart 💖
star ⭐ star2 🌟 sparkles ✨ boom 💥 fire 🔥 zap ⚡ tada 🎉 confetti_ball 🎊 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 crown 👑 100 💯
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ o ⭕ heavy_plus_sign ➕
heavy_minus_sign ➖ question ❓ grey_question ❔ exclamation ❗ grey_exclamation ❕ bangbang ‼️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫
information_source ℹ️ recycle ♻️ arrows_counterclockwise 🔄 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_forward ▶️
back 🔙 soon 🔜 new 🆕 free 🆓 ok 🆗 up 🆙 cool 🆒 sos 🆘 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_blue_square 🟦 large_green_square 🟩 large_red_square 🟥
large_yellow_square 🟨 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷 large_orange_diamond 🔶
zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 hash #️⃣
calendar 📆 date 📅 spiral_calendar_pad 🗓️ clock9 🕘 clock1 🕐 alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚
bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤
phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 desktop_computer 🖥️ printer 🖨️ camera 📷 movie_camera 🎥 video_camera 📹 microphone 🎤 tv 📺
memo 📝 pencil 📝 pencil2 ✏️ black_nib ✒️ page_facing_up 📄 page_with_curl 📃 clipboard 📋 bookmark 🔖 bookmark_tabs 📑 books 📚 book 📖 notebook 📓 ledger 📒 newspaper 📰
file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 scissors ✂️ wastebasket 🗑️ package 📦
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 key 🔑 closed_lock_with_key 🔐 shield 🛡️
hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰 test_tube 🧪 microscope 🔬 nut_and_bolt 🔩 factory 🏭 construction 🚧 rocket 🚀
office 🏢 school 🏫 bank 🏦 hospital 🏥 convenience_store 🏪 house 🏠 japan 🗾 jp 🇯🇵 mount_fuji 🗻 tokyo_tower 🗼 stadium 🏟️ train 🚃 bullettrain_side 🚄 car 🚗 bus 🚌 airplane ✈️ bike 🚲 walking 🚶 runner 🏃
sunny ☀️ partly_sunny ⛅ cloud ☁️ umbrella ☔ snowflake ❄️ rainbow 🌈 ocean 🌊 earth_asia 🌏 crescent_moon 🌙 seedling 🌱 herb 🌿 four_leaf_clover 🍀 maple_leaf 🍁 fallen_leaf 🍂 cherry_blossom 🌸 sunflower 🌻 tulip 🌷 bamboo 🎍 evergreen_tree 🌲 deciduous_tree 🌳
coffee ☕ tea 🍵 sake 🍶 beer 🍺 rice 🍚 rice_ball 🍙 bento 🍱 sushi 🍣 ramen 🍜 dango 🍡 apple 🍎 strawberry 🍓 cake 🍰 birthday 🎂
dog 🐶 cat 🐱 bird 🐦 fish 🐟 turtle 🐢 butterfly 🦋 bug 🐛 bee 🐝 ant 🐜 robot_face 🤖 ghost 👻 alien 👽 skull 💀
man 👨 woman 👩 boy 👦 girl 👧 baby 👶 older_man 👴 older_woman 👵 family 👪 bust_in_silhouette 👤 busts_in_silhouette 👥 office_worker 🧑‍💼 farmer 🧑‍🌾 cook 🧑‍🍳 factory_worker 🧑‍🏭 technologist 🧑‍💻 student 🧑‍🎓 teacher 🧑‍🏫
art 🎨 dart 🎯 game_die 🎲 jigsaw 🧩 soccer ⚽ baseball ⚾ musical_note 🎵 guitar 🎸 moneybag 💰 yen 💴 credit_card 💳 receipt 🧾 briefcase 💼 handbag 👜 bath 🛀 bed 🛏️ door 🚪 chair 🪑 ticket 🎫 dizzy 💫 droplet 💧 zzz 💤 anger 💢 secret ㊙️ congratulations ㊗️ beginner 🔰 part_alternation_mark 〽️ white_flower 💮
`;

const BY_NAME = new Map();
{
  const words = TABLE.trim().split(/\s+/);
  for (let i = 0; i + 1 < words.length; i += 2) BY_NAME.set(words[i], words[i + 1]);
}

const TONES = { "skin-tone-2": "🏻", "skin-tone-3": "🏼", "skin-tone-4": "🏽", "skin-tone-5": "🏾", "skin-tone-6": "🏿" };

/** The character for a short name, such as "tada" or "+1::skin-tone-3"; else undefined. */
export function emoji(name) {
  const [base, tone] = name.split("::");
  const found = BY_NAME.get(base);
  if (!found) return undefined;
  return tone && TONES[tone] ? found.replace(/\ufe0f$/, "") + TONES[tone] : found;
}

/** Replaces :short_names: that are known. */
export function withEmoji(text) {
  return text.replace(/:([+\-\w']+(?:::skin-tone-[2-6])?):/g, (whole, name) => emoji(name) ?? whole);
}

/** Names with a fragment in them, those that begin with it first; one name a character. */
export function searchEmoji(fragment, limit) {
  const found = new Map();
  const collect = (fits) => {
    for (const [name, character] of BY_NAME) {
      if (found.size < limit && fits(name) && !found.has(character)) found.set(character, { name, character });
    }
  };
  collect((name) => name.startsWith(fragment));
  collect((name) => name.includes(fragment));
  return [...found.values()];
}

/** What the reaction picker offers first. */
export const FREQUENT = ["+1", "white_check_mark", "bow", "pray", "eyes", "tada", "clap", "heart", "smile", "thinking_face", "raised_hands", "fire"];

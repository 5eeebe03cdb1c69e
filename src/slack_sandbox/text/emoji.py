"""Emoji by Slack's short names, and back.

Most short names are the Unicode name in lower case with underscores (`fire`, `rocket`), so the table is made from
Python's own; only names that differ are written down here.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

RANGES = (
    (0x1F300, 0x1F64F),
    (0x1F680, 0x1F6FF),
    (0x1F7E0, 0x1F7EB),
    (0x1F90C, 0x1F9FF),
    (0x1FA70, 0x1FAFF),
)
# The characters of the older symbol blocks that are emoji; most there (check marks, arrows) are not.
OLDER = """
2600 2601 2602 2603 2604 260e 2611 2614 2615 2618 261d 2620 2622 2623 2626 262a 262e 262f 2638 2639 263a 2640
2642 2648 2649 264a 264b 264c 264d 264e 264f 2650 2651 2652 2653 265f 2660 2663 2665 2666 2668 267b 267e 267f
2692 2693 2694 2695 2696 2697 2699 269b 269c 26a0 26a1 26a7 26aa 26ab 26b0 26b1 26bd 26be 26c4 26c5 26c8 26ce
26cf 26d1 26d3 26d4 26e9 26ea 26f0 26f1 26f2 26f3 26f4 26f5 26f7 26f8 26f9 26fa 26fd 2702 2705 2708 2709 270a
270b 270c 270d 270f 2712 2714 2716 271d 2721 2728 2733 2734 2744 2747 274c 274e 2753 2754 2755 2757 2763 2764
2795 2796 2797 27a1 27b0 27bf
"""

# Short names that are not the Unicode name. Several names may mean one character; the first is what Slack stores.
NAMED = """
👍 +1 thumbsup|👎 -1 thumbsdown|✅ white_check_mark|✔️ heavy_check_mark|❌ x|❎ negative_squared_cross_mark
⚠️ warning|🚨 rotating_light|🔥 fire|👀 eyes|🎉 tada|🙏 pray|👏 clap|💯 100|❤️ heart|💔 broken_heart|✨ sparkles
😀 grinning|😃 smiley|😄 smile|😁 grin|😆 laughing satisfied|😅 sweat_smile|😂 joy
🤣 rolling_on_the_floor_laughing rofl|😊 blush|😇 innocent|🙂 slightly_smiling_face|🙃 upside_down_face|😉 wink
😍 heart_eyes|😘 kissing_heart|😋 yum|😛 stuck_out_tongue|😜 stuck_out_tongue_winking_eye|🤔 thinking_face
🤨 face_with_raised_eyebrow|😐 neutral_face|😑 expressionless|😶 no_mouth|😏 smirk|😒 unamused
🙄 face_with_rolling_eyes|😬 grimacing|😌 relieved|😔 pensive|😪 sleepy|😴 sleeping|😷 mask|🤒 face_with_thermometer
🤕 face_with_head_bandage|😵 dizzy_face|🤯 exploding_head|😎 sunglasses|🤓 nerd_face|😕 confused|😟 worried
🙁 slightly_frowning_face|☹️ white_frowning_face|😮 open_mouth|😯 hushed|😲 astonished|😳 flushed|🥺 pleading_face
😦 frowning|😧 anguished|😨 fearful|😰 cold_sweat|😥 disappointed_relieved|😢 cry|😭 sob|😱 scream|😖 confounded
😣 persevere|😞 disappointed|😓 sweat|😩 weary|😫 tired_face|😤 triumph|😡 rage|😠 angry
🤬 face_with_symbols_on_mouth|😈 smiling_imp|👿 imp|💀 skull|💩 hankey poop|🤡 clown_face|👻 ghost|👽 alien
🤖 robot_face|🙈 see_no_evil|🙉 hear_no_evil|🙊 speak_no_evil|💋 kiss|💘 cupid|💝 gift_heart|💖 sparkling_heart
💗 heartpulse|💓 heartbeat|💞 revolving_hearts|💕 two_hearts|💛 yellow_heart|💚 green_heart|💙 blue_heart
💜 purple_heart|💥 boom collision|💫 dizzy|💦 sweat_drops|💨 dash|💣 bomb|💬 speech_balloon|💭 thought_balloon|💤 zzz
👋 wave|✋ hand raised_hand|👌 ok_hand|✌️ v|🤞 crossed_fingers|👈 point_left|👉 point_right|👆 point_up_2
👇 point_down|☝️ point_up|✊ fist|👊 facepunch punch|🙌 raised_hands|🤝 handshake|✍️ writing_hand|💅 nail_care
💪 muscle|👂 ear|👃 nose|🧠 brain|👁️ eye|👶 baby|👦 boy|👧 girl|👨 man|👩 woman|👴 older_man|👵 older_woman|🙇 bow
🤦 face_palm|🤷 shrug|💃 dancer|🚶 walking|🏃 runner running|🐵 monkey_face|🐶 dog|🐺 wolf|🐱 cat|🦁 lion_face|🐯 tiger
🐴 horse|🦄 unicorn_face|🐮 cow|🐷 pig|🐭 mouse|🐹 hamster|🐰 rabbit|🐻 bear|🐼 panda_face|🐔 chicken|🐣 hatching_chick
🐥 hatched_chick|🐧 penguin|🐸 frog|🐢 turtle|🐍 snake|🐳 whale|🐬 dolphin flipper|🐟 fish|🐙 octopus|🐛 bug|🐜 ant
🐝 bee honeybee|🐞 ladybug|💐 bouquet|🌸 cherry_blossom|🌹 rose|🌻 sunflower|🌲 evergreen_tree|🌵 cactus
🍀 four_leaf_clover|🍁 maple_leaf|🍎 apple|🍕 pizza|🍔 hamburger|🍟 fries|🍿 popcorn|🍩 doughnut|🍪 cookie|🎂 birthday
🍰 cake|☕ coffee|🍵 tea|🍺 beer|🍻 beers|🍷 wine_glass|🥂 clinking_glasses|🌍 earth_africa|🌎 earth_americas
🌏 earth_asia|🏠 house|🏢 office|🏥 hospital|🏦 bank|🏭 factory|⛪ church|🚀 rocket|✈️ airplane|🚗 car red_car
🚑 ambulance|🚒 fire_engine|🚓 police_car|🚧 construction|🚦 vertical_traffic_light|⛽ fuelpump|⚓ anchor
⛵ boat sailboat|⌛ hourglass|⏳ hourglass_flowing_sand|⌚ watch|⏰ alarm_clock|⏱️ stopwatch|⏲️ timer_clock
☀️ sunny|⛅ partly_sunny|☁️ cloud|⛈️ thunder_cloud_and_rain|🌈 rainbow|☔ umbrella|⚡ zap|❄️ snowflake|⛄ snowman
🌊 ocean|💧 droplet|🎃 jack_o_lantern|🎄 christmas_tree|🎁 gift|🎈 balloon|🏆 trophy|🥇 first_place_medal
🥈 second_place_medal|🥉 third_place_medal|⚽ soccer|🏀 basketball|🎯 dart|🎮 video_game|🎲 game_die|🎨 art
🎵 musical_note|🎧 headphones|🎸 guitar|🎬 clapper|📱 iphone|☎️ phone telephone|📞 telephone_receiver|📟 pager
🔋 battery|🔌 electric_plug|💻 computer|🖥️ desktop_computer|🖨️ printer|⌨️ keyboard|💾 floppy_disk|💿 cd
🎥 movie_camera|📷 camera|🔍 mag|🔎 mag_right|💡 bulb|🔦 flashlight|📖 book open_book|📚 books|📓 notebook
📃 page_with_curl|📄 page_facing_up|📰 newspaper|🔖 bookmark|💰 moneybag|💳 credit_card|✉️ email envelope|📧 e-mail
📨 incoming_envelope|📤 outbox_tray|📥 inbox_tray|📦 package|📫 mailbox|📝 memo pencil|✏️ pencil2|💼 briefcase
📁 file_folder|📂 open_file_folder|📅 date|📆 calendar|📈 chart_with_upwards_trend|📉 chart_with_downwards_trend
📊 bar_chart|📋 clipboard|📌 pushpin|📍 round_pushpin|📎 paperclip|✂️ scissors|🔒 lock|🔓 unlock|🔑 key|🔨 hammer
⛏️ pick|🔧 wrench|⚙️ gear|🔗 link|🔬 microscope|📡 satellite_antenna|💊 pill|🚪 door|🚽 toilet|🛒 shopping_trolley
🚬 smoking|🗿 moyai|♻️ recycle|⛔ no_entry|🚫 no_entry_sign|☢️ radioactive_sign|⬆️ arrow_up|⬇️ arrow_down
⬅️ arrow_left|➡️ arrow_right|↩️ leftwards_arrow_with_hook|↪️ arrow_right_hook|🔄 arrows_counterclockwise
🔃 arrows_clockwise|▶️ arrow_forward|⏸️ double_vertical_bar|⏹️ black_square_for_stop|⏩ fast_forward|⏪ rewind
ℹ️ information_source|🆗 ok|🆕 new|🆘 sos|❓ question|❔ grey_question|❗ exclamation heavy_exclamation_mark
❕ grey_exclamation|‼️ bangbang|⁉️ interrobang|➕ heavy_plus_sign|➖ heavy_minus_sign|➗ heavy_division_sign
✖️ heavy_multiplication_x|♾️ infinity|™️ tm|©️ copyright|®️ registered|⭕ o|🔴 red_circle
🟠 large_orange_circle|🟡 large_yellow_circle|🟢 large_green_circle|🔵 large_blue_circle|🟣 large_purple_circle
🟤 large_brown_circle|⚫ black_circle|⚪ white_circle|🟥 large_red_square|🟧 large_orange_square
🟨 large_yellow_square|🟩 large_green_square|🟦 large_blue_square|🔶 large_orange_diamond|🔷 large_blue_diamond
🔸 small_orange_diamond|🔹 small_blue_diamond|⭐ star|🌟 star2|🔔 bell|🔕 no_bell|🔇 mute|🔈 speaker|🔉 sound
🔊 loud_sound|📢 loudspeaker|📣 mega|🕐 clock1|🕒 clock3|🕕 clock6|🕘 clock9|🕛 clock12|🏁 checkered_flag
🚩 triangular_flag_on_post|🏳️ waving_white_flag|🏴 waving_black_flag|🩹 adhesive_bandage|🧯 fire_extinguisher
🧑‍🚒 firefighter|👩‍🚒 female-firefighter|👨‍🚒 male-firefighter|🧑‍💻 technologist|👩‍💻 female-technologist
👨‍💻 male-technologist|❤️‍🔥 heart_on_fire|🏳️‍🌈 rainbow-flag|☠️ skull_and_crossbones|0️⃣ zero|1️⃣ one|2️⃣ two
3️⃣ three|4️⃣ four|5️⃣ five|6️⃣ six|7️⃣ seven|8️⃣ eight|9️⃣ nine|🔟 keycap_ten|#️⃣ hash
"""

COUNTRIES = """
ad ae af ag al am ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by bz ca cd cf cg ch ci cl cm cn
co cr cu cv cy cz de dj dk dm do dz ec ee eg er es et fi fj fm fr ga gb gd ge gh gm gn gq gr gt gw gy hk hn hr
ht hu id ie il in iq ir is it jm jo jp ke kg kh ki km kn kp kr kw kz la lb lc li lk lr ls lt lu lv ly ma mc md
me mg mh mk ml mm mn mr mt mu mv mw mx my mz na ne ng ni nl no np nr nz om pa pe pg ph pk pl pt pw py qa ro rs
ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st sv sy sz td tg th tj tl tm tn to tr tt tv tw tz ua ug us uy
uz va vc ve vn vu ws ye za zm zw
"""
SHORT_NAME = re.compile(r"[^\s:]{1,100}(::skin-tone-[2-6])?\Z")


@cache
def table() -> dict[str, str]:
    """Every standard short name -> its characters."""
    names: dict[str, str] = {}
    listed: set[str] = set()
    for entry in NAMED.replace("\n", "|").strip("|").split("|"):
        characters, *aliases = entry.split()
        listed.add(characters.removesuffix("\ufe0f"))
        names.update(dict.fromkeys(aliases, characters))
    for name, character in _from_unicode():
        if character not in listed:
            names.setdefault(name, character)
    for code in COUNTRIES.split():
        names[f"flag-{code}"] = "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in code)
    return names


def _from_unicode() -> Iterator[tuple[str, str]]:
    codes = [code for first, last in RANGES for code in range(first, last + 1)]
    for code in codes + [int(each, 16) for each in OLDER.split()]:
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith("EMOJI MODIFIER"):
            yield re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"), chr(code)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for name, characters in table().items():
        names.setdefault(characters, name)
        names.setdefault(characters.removesuffix("\ufe0f"), name)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def to_short_names(text: str) -> str:
    """Characters -> `:short_name:`, as Slack stores them."""
    if text.isascii():
        return text
    return _pattern().sub(lambda found: f":{_names()[found[0]]}:", text)


def is_known(name: str, custom: frozenset[str] | set[str] = frozenset()) -> bool:
    """Whether there is an emoji of that short name, skin tone or not."""
    plain = name.partition("::")[0]
    return plain in table() or plain in custom


def is_name(name: str) -> bool:
    """Whether this may name an emoji. Ours is not Slack's whole table, so an unknown name is allowed."""
    return bool(SHORT_NAME.match(name))
